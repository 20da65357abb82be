using DigiHub.Data;
using DigiHub.Letters;

namespace DigiHub.Registrations;

internal static class PlannedAgain
{
    private const int AtOnce = 500; // parameters of one statement

    extension(HubDb db)
    {
        /// <summary>
        /// Letters about registrations that were withdrawn and are wanted after all: due when they were, and to the address the registration
        /// has now, for the links in them open it to whoever reads them. What stands at that address for the same purpose is not doubled.
        /// </summary>
        public async Task PlanAgain(IQueryable<Letter> withdrawn, CancellationToken stop)
        {
            var registrations = db.Registrations;
            var found = await withdrawn.Join(registrations, letter => letter.RegistrationId, one => one.Id,
                (letter, one) => new Back(letter.Id, letter.Purpose, letter.NormalizedEmail, letter.Kind == LetterKind.AddressToConfirm ? letter.NormalizedEmail : one.NormalizedEmail)).ToListAsync(stop);
            foreach (var some in (await WithoutDoubles(db, found, stop)).Chunk(AtOnce))
            {
                await db.Letters.Where(letter => EF.Parameter(some).Contains(letter.Id)).ExecuteUpdateAsync(set => set
                    .SetProperty(letter => letter.State, LetterState.Planned)
                    .SetProperty(letter => letter.RecipientName, letter => registrations.First(one => one.Id == letter.RegistrationId).Name)
                    .SetProperty(letter => letter.NameKey, letter => registrations.First(one => one.Id == letter.RegistrationId).NameKey)
                    // The question to a new address goes to the one it asks.
                    .SetProperty(letter => letter.RecipientEmail, letter => letter.Kind == LetterKind.AddressToConfirm
                        ? letter.RecipientEmail : registrations.First(one => one.Id == letter.RegistrationId).Email)
                    .SetProperty(letter => letter.NormalizedEmail, letter => letter.Kind == LetterKind.AddressToConfirm
                        ? letter.NormalizedEmail : registrations.First(one => one.Id == letter.RegistrationId).NormalizedEmail)
                    .SetProperty(letter => letter.Language, letter => registrations.First(one => one.Id == letter.RegistrationId).Language)
                    .SetProperty(letter => letter.NextAttemptAt, letter => letter.DueAt)
                    .SetProperty(letter => letter.ClaimedAt, (Instant?)null)
                    .SetProperty(letter => letter.CarriedBy, (Guid?)null)
                    .SetProperty(letter => letter.Reason, (string?)null), stop);
            }
        }
    }

    private sealed record Back(Guid Id, string Purpose, string Was, string Goes);

    private static async Task<IEnumerable<Guid>> WithoutDoubles(HubDb db, List<Back> found, CancellationToken stop)
    {
        var taken = new HashSet<(string, string)>();
        foreach (var some in found.Where(letter => letter.Goes != letter.Was).Chunk(AtOnce))
        {
            string[] purposes = [.. some.Select(letter => letter.Purpose)];
            taken.UnionWith((await db.Letters.Where(letter => EF.Parameter(purposes).Contains(letter.Purpose))
                .Select(letter => new { letter.Purpose, letter.NormalizedEmail }).ToListAsync(stop)).Select(letter => (letter.Purpose, letter.NormalizedEmail)));
        }

        return found.Where(letter => letter.Goes == letter.Was || taken.Add((letter.Purpose, letter.Goes))).Select(letter => letter.Id);
    }
}
