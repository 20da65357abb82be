using DigiHub.Letters;

namespace DigiHub.Registrations;

internal static class PlannedAgain
{
    extension(IQueryable<Letter> withdrawn)
    {
        /// <summary>Letters that were withdrawn and are wanted after all: due when they were.</summary>
        public Task<int> PlanAgain(CancellationToken stop) => withdrawn.ExecuteUpdateAsync(set => set
            .SetProperty(letter => letter.State, LetterState.Planned)
            .SetProperty(letter => letter.NextAttemptAt, letter => letter.DueAt)
            .SetProperty(letter => letter.ClaimedAt, (Instant?)null)
            .SetProperty(letter => letter.CarriedBy, (Guid?)null)
            .SetProperty(letter => letter.Reason, (string?)null), stop);
    }
}
