using DigiHub.Bookings;
using DigiHub.Claims;
using DigiHub.Registrations;

namespace DigiHub.Tests.Registrations;

/// <summary>
/// Scarce things are counted and given in one place, so no other code may create the row that takes them. Checks the
/// compiled code, where db.Add(row), new() and a factory look alike. The demo adds past rows, in an empty hub.
/// </summary>
public sealed class OneGateTests
{
    [Fact]
    public void Only_Register_makes_registrations() => Assert.Equal(["DigiHub.Registrations.Register"], Makers(typeof(Registration)));

    [Fact]
    public void Only_ClaimSpace_makes_claims() => Assert.Equal(["DigiHub.Claims.ClaimSpace"], Makers(typeof(Claim)));

    /// <summary>So that whatever frees space signals those who offer it to who waits.</summary>
    [Fact]
    public void Only_ClaimSpace_ends_claims() => Assert.Equal(["DigiHub.Claims.ClaimSpace"], Il.CallersOf(
        called => (called.Name.StartsWith("ExecuteDelete", StringComparison.Ordinal)
                || called.Name.StartsWith("Remove", StringComparison.Ordinal))
            && (called.IsGenericMethod && called.GetGenericArguments().Contains(typeof(Claim))
                || called.DeclaringType is { IsGenericType: true } of && of.GetGenericArguments().Contains(typeof(Claim))),
        typeof(Words).Assembly));

    [Fact]
    public void Only_BookSpace_makes_bookings() => Assert.Equal(["DigiHub.Bookings.BookSpace"], Makers(typeof(Booking)));

    [Fact]
    public void The_guard_sees_what_a_guard_of_texts_does_not() =>
        Assert.Equal([typeof(OneGateTests).FullName!], Il.MakersOf(typeof(Scarce), typeof(OneGateTests).Assembly));

    private sealed class Scarce
    {
        // Never called: target-typed, in a lambda, behind a factory.
        public static readonly Func<object> Make = () =>
        {
            Scarce row = new();
            return row;
        };
    }

    private static IEnumerable<string> Makers(Type made) => Il.MakersOf(made, typeof(Words).Assembly)
        .Where(maker => !maker.StartsWith("DigiHub.Demo.", StringComparison.Ordinal));
}
