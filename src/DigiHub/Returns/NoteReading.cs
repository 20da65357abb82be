using DigiHub.Data;

namespace DigiHub.Returns;

/// <summary>Notes how a run of reading the returns mailbox went, so that somebody hears of it when none goes well.</summary>
public sealed class NoteReading(UnitOfWork unitOfWork, IClock clock)
{
    /// <param name="trouble">Null: it went well. Else what was wrong, for administrators.</param>
    public Task Run(string? trouble, CancellationToken stop) => unitOfWork.Note(
        async (db, until) =>
        {
            var reading = await db.ReturnsReadings.SingleOrDefaultAsync(until);
            if (reading is null)
                db.ReturnsReadings.Add(reading = new ReturnsReading());
            reading.Went(clock.GetCurrentInstant(), trouble);
            return 1;
        },
        stop);
}
