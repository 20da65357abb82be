using System.Runtime.InteropServices;

namespace DigiHub.Tests.Bookings.Histories;

/// <summary>What somebody does, or what happens by itself.</summary>
internal enum Deed
{
    Book, Move, Cancel, Reinstate, Repeat, CancelSeries, ShiftSeries, Swap, HandOver, Wait, Offer, Accept, DeclineOffer, CheckIn, BeAway,
    Approve, DeclineApproval, MinutesPass, HoursPass,
}

/// <summary>
/// A deed with dice: what they mean (which booking, which room, when) is decided by what is there when it is done, so a history from which
/// some steps were taken out is a history still. That is what makes it shrink.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Step(Deed Deed, int Who, int What, int When, int How)
{
    public static Step Random(Random dice) => new(
        (Deed)dice.Next(Enum.GetValues<Deed>().Length), dice.Next(1000), dice.Next(1000), dice.Next(1000), dice.Next(1000));

    public static T Pick<T>(IReadOnlyList<T> among, int die) => among[die % among.Count];
}
