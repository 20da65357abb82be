using DigiHub.Data;

namespace DigiHub.Mail;

/// <summary>Records how a run of reading the inbound mailbox went, for the alarm when none succeeds.</summary>
public sealed class NoteReading(UnitOfWork unitOfWork, IClock clock)
{
    /// <param name="trouble">Null: it went well. Else what was wrong, for administrators.</param>
    public Task Run(string? trouble, CancellationToken stop) => unitOfWork.Note(
        async (db, until) =>
        {
            var reading = await db.InboundReadings.SingleOrDefaultAsync(until);
            if (reading is null)
                db.InboundReadings.Add(reading = new InboundReading());
            reading.Went(clock.GetCurrentInstant(), trouble);
            return 1;
        },
        stop);
}
