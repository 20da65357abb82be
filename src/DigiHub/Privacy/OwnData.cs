using System.Text.Json;
using System.Text.Json.Nodes;
using DigiHub.Activity;
using DigiHub.Calendars;
using DigiHub.Data;
using DigiHub.Data.Conversions;
using DigiHub.Events;
using DigiHub.Members;
using DigiHub.Organisations;
using DigiHub.Spaces;
using Microsoft.EntityFrameworkCore.Metadata;
using NodaTime.Text;

namespace DigiHub.Privacy;

/// <summary>The rows of one table about a person, as an export shows them.</summary>
/// <param name="Columns">In the order of the cells of every row.</param>
/// <param name="Rows">Numbers, truth values, texts, or null; instants in UTC, other times on the clock of the site.</param>
public sealed record OwnTable(string Table, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<JsonNode?>> Rows);

/// <param name="Calendar">Their bookings and registrations as iCalendar; null without an account.</param>
public sealed record OwnDataFound(IReadOnlyList<OwnTable> Tables, string? Calendar);

/// <summary>
/// Everything that is stored about one person (Art. 15 and 20 GDPR), table by table as it is stored, with names beside ids. Secrets are
/// left out: what the hub keeps of them are hashes, which would serve nobody but a thief.
/// </summary>
public sealed class OwnData(HubDbFactory databases, UnitOfWork unitOfWork, Catalogue catalogue, Feeds feeds, IClock clock)
{
    /// <summary>Of one table; nobody has so many, and an export must end.</summary>
    public const int RowsMax = 100_000;

    /// <summary>Forms that others are compared or found by, and secrets.</summary>
    private static readonly HashSet<string> leftOut = new(StringComparer.Ordinal)
    {
        nameof(Member.NameKey), nameof(Member.PasswordHash), nameof(Member.SecurityStamp),
    };

    /// <param name="actorId">The person; null: the operator, by a command.</param>
    public async Task<OwnDataFound> Run(PersonKeys person, Guid? actorId, CalendarText text, Uri publicUrl, CancellationToken stop)
    {
        var map = await catalogue.Map(stop);
        await using var db = databases.Open();
        var names = await Names.Load(db, person, map, stop);
        List<OwnTable> tables = [];
        foreach (var table in PersonalTables.All)
        {
            var rows = await table.Rows(db, person).AsNoTracking().Take(RowsMax).ToListAsync(stop);
            if (rows.Count > 0)
                tables.Add(Shown(db.Model.FindEntityType(table.Entity)!, rows, names));
        }

        var member = await db.Members.AsNoTracking().SingleOrDefaultAsync(one => one.Id == person.Member, stop);
        var calendar = member is null ? null : await feeds.AllOf(member, text, publicUrl, stop);
        if (member is not null)
            await Note(member.Id, actorId, stop);
        return new OwnDataFound(tables, calendar);
    }

    private Task<Outcome<bool>> Note(Guid memberId, Guid? actorId, CancellationToken stop) => unitOfWork.Run<bool>(db =>
    {
        db.Record(clock.GetCurrentInstant(), actorId, PrivacyActs.Exported, memberId);
        return Task.FromResult<Outcome<bool>>(true);
    }, stop);

    private static OwnTable Shown(IEntityType entity, IReadOnlyList<object> rows, Names names)
    {
        var hasAddress = entity.GetProperties().Any(property => property.ClrType == typeof(EmailAddress));
        List<IProperty> shown = [.. entity.GetProperties().Where(property => !property.IsShadowProperty()
            && property.ClrType != typeof(byte[]) && !leftOut.Contains(property.Name)
            && !(hasAddress && property.Name == nameof(Member.NormalizedEmail)))];
        var columns = shown.SelectMany(property => names.Of(property.Name) is null
            ? [property.GetColumnName()] : new[] { property.GetColumnName(), names.Of(property.Name)!.Value.Column });
        return new OwnTable(entity.GetTableName()!, [.. columns], [.. rows.Select(row => Cells(shown, row, names))]);
    }

    private static List<JsonNode?> Cells(IEnumerable<IProperty> shown, object row, Names names)
    {
        List<JsonNode?> cells = [];
        foreach (var property in shown)
        {
            var value = property.GetGetter().GetClrValue(row);
            cells.Add(Cell(value, property));
            if (names.Of(property.Name) is { } named)
                cells.Add(value is null ? null : named.Name(value));
        }

        return cells;
    }

    private static JsonNode? Cell(object? value, IProperty property) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth,
        int number => number,
        long number => number,
        Guid id => id.ToString(),
        Enum word => SnakeCase.Of(word.ToString()),
        Instant at => InstantPattern.ExtendedIso.Format(at),
        LocalDateTime at => LocalDateTimePattern.ExtendedIso.Format(at),
        LocalDate day => LocalDatePattern.Iso.Format(day),
        LocalTime time => LocalTimePattern.ExtendedIso.Format(time),
        LocalisedText text => JsonSerializer.SerializeToNode(new { de = text.German, en = text.English }),
        _ => property.GetTypeMapping().Converter?.ConvertToProvider(value)?.ToString() ?? value.ToString(),
    };

    /// <summary>Names that stand beside ids, so that a person can read the export as well as a program.</summary>
    private sealed class Names(HubDirectory map, Dictionary<Guid, string> events, Dictionary<int, string> organisations)
    {
        public static async Task<Names> Load(HubDb db, PersonKeys person, HubDirectory map, CancellationToken stop)
        {
            var (registrations, memberships) = (db.RegistrationsOf(person), db.Memberships.Where(one => one.MemberId == person.Member));
            var titles = await db.Events.Where(evt => registrations.Any(one => one.EventId == evt.Id))
                .Select(evt => new { evt.Id, evt.Title }).Take(RowsMax).ToListAsync(stop);
            var organisations = await db.Organisations.Where(of => memberships.Any(one => one.OrganisationId == of.Id))
                .ToDictionaryAsync(of => of.Id, of => of.Name, stop);
            return new Names(map, titles.ToDictionary(evt => evt.Id, evt => evt.Title.Here), organisations);
        }

        /// <summary>The column of names beside a column of ids; null where there is none.</summary>
        public (string Column, Func<object, string?> Name)? Of(string property) => property switch
        {
            "SpaceId" => ("space", id => map.Space((int)id)?.Name),
            "SiteId" or "HomeSiteId" => (property == "SiteId" ? "site" : "home_site", id => map.Place((int)id)?.Site.Name),
            "EventId" => ("event", id => events.GetValueOrDefault((Guid)id)),
            "OrganisationId" => ("organisation", id => organisations.GetValueOrDefault((int)id)),
            _ => null,
        };
    }
}
