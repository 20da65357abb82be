using DigiHub.Bookings.Waiting;

namespace DigiHub.Tests.Bookings.Waiting;

/// <summary>How long an offer stands, by the clock of the site.</summary>
public abstract class OfferTimeTests(TestDatabase database) : HubTests(database)
{
    [Theory]
    [InlineData("2026-11-24T10:00", "2026-11-25T10:00", "2026-11-24T10:20")] // as usual
    [InlineData("2026-11-24T10:00", "2026-11-24T10:12", "2026-11-24T10:12")] // it begins sooner
    [InlineData("2026-11-24T10:00", "2026-11-24T10:02", "2026-11-24T10:05")] // never shorter than this
    [InlineData("2026-11-24T06:59", "2026-11-25T10:00", "2026-11-24T08:00")] // at night until the morning
    [InlineData("2026-11-24T07:00", "2026-11-25T10:00", "2026-11-24T07:20")]
    [InlineData("2026-11-24T20:40", "2026-11-25T10:00", "2026-11-24T21:00")]
    [InlineData("2026-11-24T20:41", "2026-11-25T10:00", "2026-11-25T08:00")] // it would end in the night
    [InlineData("2026-11-24T21:00", "2026-11-25T10:00", "2026-11-25T08:00")]
    [InlineData("2026-11-24T21:00", "2026-11-25T07:30", "2026-11-25T07:30")] // unless it begins sooner
    [InlineData("2026-10-24T22:00", "2026-10-25T12:00", "2026-10-25T08:00")] // in the long night
    [InlineData("2026-10-25T02:30", "2026-10-25T12:00", "2026-10-25T08:00")]
    [InlineData("2027-03-27T22:00", "2027-03-28T12:00", "2027-03-28T08:00")] // in the short night
    public async Task Is_twenty_minutes_by_day_and_until_eight_by_night(string now, string start, string until)
    {
        var map = await TestHub.Get<DigiHub.Spaces.Catalogue>().Map(Stop);
        var place = map.PlaceOf(map.Space(Cast.Spree.Id)!);

        var ends = OfferTime.Until(place, At(start), At(now));

        Assert.Equal(At(until), ends);

        Instant At(string local) => place.Time.Shifted(NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture(
            "uuuu-MM-dd'T'HH:mm").Parse(local).Value);
    }

    public sealed class OnSqlite(SqliteDatabase database) : OfferTimeTests(database), IClassFixture<SqliteDatabase>;
}
