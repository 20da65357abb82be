using System.Diagnostics;
using DigiHub.Audit;
using DigiHub.Data;
using DigiHub.Suppressions;
using DigiHub.Time;
using Microsoft.Extensions.Logging;

namespace DigiHub.Letters;

/// <summary>
/// Delivers what is due. It may run twice, on several machines at once, or be killed at any moment:
/// a letter is <b>claimed</b> (nothing has left; an old claim may be taken up by anybody, and who lost it finds out before it sends),
/// looked at again, stamped as <b>sending</b> when all but its end has been handed over, and its answer recorded on its own.
/// So nobody is missed, and nobody gets a letter twice unless a process or the line died between that stamp and the recorded
/// answer: then it is sent once more under the same Message-ID (<see cref="LetterClass"/> says when not).
/// </summary>
public sealed class DeliverLetters(
    HubDbFactory databases, UnitOfWork unitOfWork, IPost post, RelayGate gate, ClaimLetters due, IEnumerable<ILetterCheck> checks,
    IEnumerable<ILetterWait> waits, IEnumerable<ILetterCalendar> calendars, LettersInHand inHand, DeliveryPace pace, LetterMeter meter, IClock clock, ILogger<DeliverLetters> log)
{
    private static readonly Duration runMax = Duration.FromSeconds(55);

    /// <summary>So many passing refusals, one after the other and to different readers, are about the relay or us and not about the readers.</summary>
    private const int DeferredInARowMax = 10;

    /// <summary>
    /// Works in handfuls until nothing is due, the pace is used up, the relay is gone, or about a minute is over (the next signal goes on).
    /// Says how many letters left.
    /// </summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var end = clock.GetCurrentInstant() + runMax;
        var round = new DeliveryRound();
        await TakeUpWhatOthersDropped(stop);
        var passage = await gate.Ask(stop);
        var next = 2 * pace.AtOnce;
        while (passage != RelayPassage.Closed && !round.IsRelayGone && clock.GetCurrentInstant() < end)
        {
            var start = Stopwatch.GetTimestamp();
            var letters = await due.Run(next, passage == RelayPassage.OnTrial, stop);
            if (letters.Count == 0 && passage == RelayPassage.Open)
                break;
            await Parallel.ForEachAsync(letters, new ParallelOptions { MaxDegreeOfParallelism = pace.AtOnce },
                async (letter, _) => await Deliver(letter, round, stop));
            stop.ThrowIfCancellationRequested();
            next = pace.InHandAfter(letters.Count, Stopwatch.GetElapsedTime(start));
            if (passage == RelayPassage.OnTrial && !round.IsRelayGone)
            {
                await gate.Resume();
                passage = RelayPassage.Open;
            }
        }

        if (round.Sent > 0)
            log.LogInformation("Delivered {Count} letters", round.Sent);
        return round.Sent;
    }

    private async Task TakeUpWhatOthersDropped(CancellationToken stop)
    {
        var now = Now();
        await unitOfWork.Run<int>(async db => await CarriedLetters.FreeOrphans(db), stop);
        await using var db = databases.Open();
        var dropped = await db.Letters.AsNoTracking().Dropped(pace, now)
            .OrderBy(letter => letter.ClaimedAt).Take(pace.InHandMax * 10).ToListAsync(stop);

        foreach (var letter in dropped.Where(letter => !inHand.Holds(letter)))
        {
            log.LogWarning("Letter {Letter} was dropped while {State}", letter.Id, letter.State);
            if (letter.State == LetterState.Claimed)
                await PutBack(letter);
            else if (letter.UncertainCount == 0)
                await Record(letter, now, LetterState.Retry, reason: "unknown", uncertainAt: now);
            else
                await Record(letter, null, LetterState.Failed, reason: "unknown", uncertainAt: now);
        }
    }

    private async Task Deliver(Letter letter, DeliveryRound round, CancellationToken stop)
    {
        using var held = inHand.Hold(letter);
        var leaving = letter; // follows the row through its states
        CalendarTold? told = null;
        try
        {
            if (round.IsRelayGone || stop.IsCancellationRequested)
            {
                await PutBack(letter);
                return;
            }

            var now = Now();
            if (letter.NotAfter < now)
            {
                await Record(letter, null, LetterState.Skipped, reason: "late");
                return;
            }

            if (await WhyNot(letter, now, stop) is { } reason)
            {
                await Record(letter, null, LetterState.Skipped, reason);
                return;
            }

            if (await Until(letter, now, stop) is { } until)
            {
                await PutBack(letter, until);
                return;
            }

            letter.Carries = await TrueOnesCarried(letter, now, stop);
            letter.Told = told = await Told(letter, stop);
            var reply = await post.Send(letter, MayLeave, stop);
            await Answer(leaving, reply, round);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && leaving.State == LetterState.Claimed)
        {
            await PutBack(letter);
        }
        catch (Exception exception) // a row that fails must not keep the others waiting, whatever its trouble is
        {
            log.LogError(exception, "Letter {Letter} ({Kind}) could not be delivered", letter.Id, letter.Kind);
            await Answer(leaving, new PostReply(leaving.State == LetterState.Claimed ? PostResult.Later : PostResult.Unknown, exception.GetType().Name), round);
        }

        async Task<bool> MayLeave()
        {
            var sending = Now();
            if (!await Record(letter, null, LetterState.Sending, sendingSince: sending, told: told))
            {
                await PutBack(letter); // if it is still ours, it must be written anew
                return false;
            }

            leaving = letter.Sending(sending);
            return true;
        }
    }

    /// <summary>The letters that go along, each looked at again as if it left by itself.</summary>
    private async Task<List<Letter>> TrueOnesCarried(Letter carrier, Instant now, CancellationToken stop)
    {
        if (carrier.Class != LetterClass.Reminder)
            return [];
        await using var db = databases.Open();
        var leaving = new List<Letter>();
        foreach (var letter in await CarriedLetters.Of(db, carrier, stop))
        {
            var reason = letter.NotAfter < now ? "late" : await WhyNot(letter, now, stop);
            if (reason is null)
                leaving.Add(letter);
            else
                await Record(letter, null, LetterState.Skipped, reason);
        }

        return leaving;
    }

    private async Task<string?> WhyNot(Letter letter, Instant now, CancellationToken stop)
    {
        await using var db = databases.Open();
        foreach (var check in checks.Where(check => check.Concerns(letter.Kind)))
        {
            if (await check.WhyNot(db, letter, now, stop) is { } reason)
                return reason;
        }

        return null;
    }

    private async Task<CalendarTold?> Told(Letter letter, CancellationToken stop)
    {
        await using var db = databases.Open();
        return await Told(db, letter, stop);
    }

    private async Task<CalendarTold?> Told(HubDb db, Letter letter, CancellationToken stop) =>
        calendars.FirstOrDefault(calendar => calendar.Concerns(letter.Kind)) is { } calendar ? await calendar.Part(db, letter, stop) : null;

    /// <summary>Until the last of those who would have it wait.</summary>
    private async Task<Instant?> Until(Letter letter, Instant now, CancellationToken stop)
    {
        Instant? until = null;
        await using var db = databases.Open();
        foreach (var wait in waits.Where(wait => wait.Concerns(letter.Kind)))
        {
            if (await wait.Until(db, letter, now, stop) is { } asked && !(asked <= until))
                until = asked;
        }

        return until;
    }

    private async Task Answer(Letter letter, PostReply reply, DeliveryRound round)
    {
        var now = Now();
        if (reply.Result == PostResult.Busy || (reply.Result == PostResult.Later && round.CountDeferred() % DeferredInARowMax == 0))
            await gate.SlowDown(reply);
        switch (reply.Result)
        {
            case PostResult.Taken:
                round.CountSent();
                await Record(letter, null, LetterState.Sent, reply: reply, sentAt: now);
                break;
            case PostResult.Later or PostResult.Busy when DeliveryPace.WaitAfter(letter.Attempts + 1, letter.Class, Random.Shared.NextDouble()) is { } wait:
                await Record(letter, now + wait, LetterState.Retry, reply: reply);
                break;
            case PostResult.Later or PostResult.Busy:
                log.LogWarning("Gave up letter {Letter} ({Kind}) after {Attempts} attempts", letter.Id, letter.Kind, letter.Attempts + 1);
                await Record(letter, null, LetterState.Failed, "gave_up", reply);
                break;
            case PostResult.Never or PostResult.NoSuchReader:
                log.LogWarning("Letter {Letter} ({Kind}) was refused for good", letter.Id, letter.Kind);
                await Record(letter, null, LetterState.Failed, "refused", reply);
                break;
            case PostResult.Unwritable:
                log.LogError("Letter {Letter} ({Kind}) cannot be written", letter.Id, letter.Kind);
                await Record(letter, null, LetterState.Failed, "unwritable", reply);
                break;
            case PostResult.Unknown when letter.Class == LetterClass.Service && letter.UncertainCount == 0:
                await Record(letter, now + Duration.FromMinutes(1), LetterState.Retry, "unknown", reply, uncertainAt: now);
                break;
            case PostResult.Unknown:
                log.LogWarning("Nobody knows whether letter {Letter} ({Kind}) went out; it is not sent again", letter.Id, letter.Kind);
                await Record(letter, null, LetterState.Failed, "unknown", reply, uncertainAt: now);
                break;
            case PostResult.RelayAway or PostResult.RelayRefuses:
                if (round.RelayIsGone())
                    await gate.Pause(reply);
                await PutBack(letter);
                break;
            case PostResult.LetGo:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(reply), reply.Result, "A reply that the house does not know.");
        }
    }

    /// <summary>As if it had never been in hand; no attempt is burnt.</summary>
    private Task<bool> PutBack(Letter letter, Instant? notBefore = null) =>
        Record(letter, notBefore ?? letter.NextAttemptAt, letter.Attempts == 0 && letter.UncertainCount == 0 ? LetterState.Planned : LetterState.Retry);

    /// <summary>
    /// Takes the row on to its next state if it is still as this worker left it; else it was withdrawn or is another's now, and false is
    /// said. An answer once given is recorded whatever happens around, so this knows no stopping and tries for a while.
    /// </summary>
    private async Task<bool> Record(
        Letter letter, Instant? nextAttemptAt, LetterState state, string? reason = null, PostReply? reply = null,
        Instant? sentAt = null, Instant? uncertainAt = null, Instant? sendingSince = null, CalendarTold? told = null)
    {
        var next = nextAttemptAt ?? letter.NextAttemptAt;
        var claimedAt = sendingSince ?? (state == LetterState.Retry || state == LetterState.Planned ? null : letter.ClaimedAt);
        var attempts = letter.Attempts + (reply is null ? 0 : 1);
        var words = Bounded(reply?.Reply) ?? letter.SmtpReply;
        var (uncertain, uncertainCount) = (uncertainAt ?? letter.UncertainAt, letter.UncertainCount + (uncertainAt is null ? 0 : 1));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var written = await unitOfWork.Run(Write, CancellationToken.None);
                if (written is { IsDone: true, Value: > 0 })
                    meter.Went(letter, state, reason, sentAt);
                if (written.IsDone)
                    return written.Value > 0;
                if (written.Refusal.Code == Refusal.Stale.Code)
                    return false;
            }
            catch (Exception exception) when (attempt < RecordTriesMax)
            {
                log.LogWarning(exception, "Could not record letter {Letter} as {State}; trying again", letter.Id, state);
            }

            if (attempt >= RecordTriesMax)
                throw new InvalidOperationException($"Letter {letter.Id} could not be recorded as {state}: the database is too busy.");
            await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), CancellationToken.None);
        }

        async Task<Outcome<int>> Write(HubDb db)
        {
            if (sendingSince is not null && !await StillTells(db, letter, told))
                return Refusal.Stale;
            if (reply?.Result == PostResult.NoSuchReader)
                await db.NoteRefused(letter.Id, letter.RecipientEmail!, reply.Reply, Now(), CancellationToken.None);
            var rows = await db.Letters
                .Where(row => row.Id == letter.Id && row.State == letter.State && row.ClaimedAt == letter.ClaimedAt)
                .ExecuteUpdateAsync(set => set
                    .SetProperty(row => row.State, state)
                    .SetProperty(row => row.NextAttemptAt, next)
                    .SetProperty(row => row.ClaimedAt, claimedAt)
                    .SetProperty(row => row.Attempts, attempts)
                    .SetProperty(row => row.Reason, reason)
                    .SetProperty(row => row.SmtpReply, words)
                    .SetProperty(row => row.SentAt, sentAt)
                    // What it told before stands as long as it may have arrived; a new hand-over tells it anew.
                    .SetProperty(row => row.ToldSequence, row => sendingSince == null ? row.ToldSequence : letter.ToldSequence)
                    .SetProperty(row => row.ToldFacts, row => sendingSince == null ? row.ToldFacts : letter.ToldFacts)
                    .SetProperty(row => row.UncertainAt, uncertain)
                    .SetProperty(row => row.UncertainCount, uncertainCount));
            if (rows > 0 && reply is { Result: not PostResult.Taken })
                db.NoteAttempt(letter, reply, Now());
            if (rows > 0 && state == LetterState.Failed)
                db.Record(Now(), actorId: null, Act.LetterFailed, letter.Id, reason);
            // Letters come along in the claim and never later: who had none when it was written has none now.
            var alone = rows == 0 || letter.Class != LetterClass.Reminder || letter.Carries is { Count: 0 };
            return alone || await CarriedLetters.Follow(db, letter, state, sentAt, claimedAt, uncertain, reason) ? rows : Refusal.Stale;
        }
    }

    /// <summary>
    /// What its calendar part says is still so, under the event's lock: whoever changes the event afterwards sees that this letter has told it.
    /// </summary>
    private async Task<bool> StillTells(HubDb db, Letter letter, CalendarTold? told)
    {
        if (!calendars.Any(calendar => calendar.Concerns(letter.Kind)))
            return true;
        if (letter.EventId is { } eventId)
            await db.AcquireLocks([LockKey.OfEvent(eventId)], CancellationToken.None);
        return await Told(db, letter, CancellationToken.None) == told;
    }

    private const int RecordTriesMax = 10;

    private static string? Bounded(string? text) => text?.Length > Letter.ReasonMax ? text[..Letter.ReasonMax] : text;

    private Instant Now() => clock.GetCurrentInstant().InWholeMicroseconds();
}
