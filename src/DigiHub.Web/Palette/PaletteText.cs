using System.Globalization;
using DigiHub.Bookings;
using DigiHub.Spaces;
using DigiHub.Text;
using DigiHub.Time;
using static DigiHub.Web.Palette.PaletteVocabulary;

namespace DigiHub.Web.Palette;

/// <summary>
/// Reads a line such as "room 4 14:00", "Platz morgen Vormittag" or "Panke next Tuesday 14-16 Uhr", in either language or both. It never
/// fails: what it does not understand is left as a name.
/// </summary>
public static class PaletteText
{
    /// <summary>Of so many signs; what is longer is cut.</summary>
    public const int TypedMax = 100;

    private const int WordsMax = 20, PeopleMax = 999, DaysAheadMax = 366;

    /// <param name="now">On the clock of the reader's site.</param>
    public static PaletteWish Read(string? typed, LocalDateTime now)
    {
        var folded = SearchText.Typed(typed is { Length: > TypedMax } ? typed[..TypedMax] : typed) ?? "";
        List<string> words = [.. folded.Split([' ', ',', ';', '!', '?'], StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Length > 1 ? word.Trim(':', '"', '(', ')') : word).Where(word => word.Length > 0).Take(WordsMax)];
        return new Line(words, now).Read();
    }

    private sealed class Line(List<string> words, LocalDateTime now)
    {
        private readonly List<string> rest = [];
        /// <summary>Numbers that may be people or hours.</summary>
        private readonly List<int> bare = [];

        private SpaceKind? kind;
        private int? people;
        private LocalDate? day;
        private LocalTime? start;
        private LocalTime? end;
        private int? minutes;
        private DayPart? part;

        public PaletteWish Read()
        {
            for (var at = 0; at < words.Count;)
                at += Days(at) is > 0 and var days ? days : Times(at) is > 0 and var times ? times : Others(at);
            foreach (var number in bare)
                Settle(number);
            if (start is { } from && end is { } until && Minute(until) - Minute(from) is > 0 and var length)
                minutes = length;
            return new()
            {
                Kind = kind,
                People = people,
                Day = day,
                Start = start,
                Part = part,
                Rest = rest,
                Words = words,
                Minutes = minutes is >= 1 and <= NodaConstants.MinutesPerDay ? minutes : null,
            };
        }

        private string Word(int at) => at >= 0 && at < words.Count ? words[at] : "";

        /// <summary>How many words from there on name a day; 0: none.</summary>
        private int Days(int at)
        {
            var (word, next, third) = (Word(at), Word(at + 1), Word(at + 2));
            if ((word, next, third) is ("day", "after", "tomorrow"))
                return On(now.Date.PlusDays(2), 3);
            if (PaletteVocabulary.Next.Contains(word) && Weekdays.TryGetValue(next, out var ofNextWeek))
                return On(now.Date.PlusDays(8 - (int)now.DayOfWeek + (int)ofNextWeek - 1), 2);
            if (DaysAhead.TryGetValue(word, out var ahead))
                return On(now.Date.PlusDays(ahead), 1);
            if (Weekdays.TryGetValue(word, out var weekday))
                return On(now.Date.PlusDays(1 + ((int)weekday - (int)now.DayOfWeek + 6) % 7), 1);
            if (word == "in" && Whole(next) is <= DaysAheadMax and var count && third is "day" or "days" or "tag" or "tage" or "tagen")
                return On(now.Date.PlusDays(count), 3);
            if (Date(word) is { } date)
                return On(date, 1);
            if (Ordinal(word) is { } first && Months.TryGetValue(next, out var month))
                return On(OfYear(first, month, Year(third)), Year(third) is null ? 2 : 3);
            if (Months.TryGetValue(word, out var named) && Ordinal(next) is { } number)
                return On(OfYear(number, named, Year(third)), Year(third) is null ? 2 : 3);
            return 0;
        }

        /// <summary>0 where the day does not exist: then the words are read as something else.</summary>
        private int On(LocalDate? date, int count)
        {
            if (date is not { } known || !SiteTime.Reaches(known))
                return 0;
            day ??= known;
            return count;
        }

        /// <summary>How many words from there on say when or how long; 0: none.</summary>
        private int Times(int at)
        {
            var (word, next) = (Word(at), Word(at + 1));
            if (start is not null && end is null && Until.Contains(word) && AnyClock(next) is { } until)
                return Ends(until, IsHourWord(Word(at + 2)) ? 3 : 2);
            if (word.Split('-') is [var from, var to] && AnyClock(from) is { } begins && AnyClock(to) is { } ends && begins < ends)
            {
                (start, end) = (start ?? begins, end ?? ends);
                return IsHourWord(next) ? 2 : 1;
            }

            if (start is null && AnyClock(word) is { } opens && Until.Contains(next) && AnyClock(Word(at + 2)) is { } closes
                && opens < closes)
            {
                (start, end) = (opens, closes);
                return IsHourWord(Word(at + 3)) ? 4 : 3;
            }

            if (At.Contains(word) && AnyClock(next) is { } asked)
                return Begins(asked, IsHourWord(Word(at + 2)) ? 3 : 2);
            if (next is "pm" or "am" && Clock(word + next) is { } half)
                return Begins(half, 2);
            if (Clock(word) is { } clock)
                return Begins(clock, IsHourWord(next) ? 2 : 1);
            if (word is "noon" or "mittag" or "mittags")
                return Begins(LocalTime.Noon, 1);
            if (word is "now" or "jetzt")
            {
                day ??= now.Date;
                return Begins(new LocalTime(now.Hour, now.Minute / 15 * 15), 1);
            }

            if (Whole(word) is not { } number)
                return Glued(word);
            if (next is "uhr" && number <= 23)
                return Word(at + 2) is { Length: 2 } minute && Whole(minute) is <= 59 and var past
                    ? Begins(new(number, past), 3)
                    : Begins(new(number, 0), 2);
            if (PaletteVocabulary.Hours.Contains(next))
                return Lasts(number * 60, 2);
            if (MinuteWords.Contains(next))
                return Lasts(number, 2);
            return 0;
        }

        /// <summary>"90min", "2h", "4p": a number and its word without a space.</summary>
        private int Glued(string word)
        {
            var digits = word.TakeWhile(char.IsAsciiDigit).Count();
            if (digits is 0 or > 4 || Whole(word[..digits]) is not { } number)
                return 0;
            var unit = word[digits..];
            if (PaletteVocabulary.Hours.Contains(unit))
                return Lasts(number * 60, 1);
            if (MinuteWords.Contains(unit))
                return Lasts(number, 1);
            return PaletteVocabulary.People.Contains(unit) && number is >= 1 and <= PeopleMax ? Come(number, 1) : 0;
        }

        private int Others(int at)
        {
            var (word, next) = (Word(at), Word(at + 1));
            if (For.Contains(word) && Whole(next) is not null
                && (PaletteVocabulary.Hours.Contains(Word(at + 2)) || MinuteWords.Contains(Word(at + 2))))
                return 1; // how long, which the next words say
            if (For.Contains(word) && Whole(next) is { } asked and >= 1 and <= PeopleMax)
                return Come(asked, PaletteVocabulary.People.Contains(Word(at + 2)) ? 3 : 2);
            if (Whole(word) is { } number)
            {
                if (PaletteVocabulary.People.Contains(next) && number is >= 1 and <= PeopleMax)
                    return Come(number, 2);
                if (number <= PeopleMax)
                    bare.Add(number);
                return 1;
            }

            if (word == "all" && next == "day")
            {
                part ??= DayPart.Day;
                return 2;
            }

            if (word == "phone" && next == "booth")
            {
                kind ??= SpaceKind.Booth;
                return 2;
            }

            if (Kinds.TryGetValue(word, out var named))
                kind ??= named;
            else if (Parts.TryGetValue(word, out var known))
                part ??= known;
            else if (!Fillers.Contains(word) && !For.Contains(word) && !At.Contains(word) && !Until.Contains(word)
                && !PaletteVocabulary.Next.Contains(word))
                rest.Add(word);
            return 1;
        }

        /// <summary>People where a room may be meant and nobody said how many come; else the hour.</summary>
        private void Settle(int number)
        {
            var isHour = number <= 23 && start is null;
            if (kind is SpaceKind.Desk or SpaceKind.Booth || people is not null || number == 0)
                start = isHour ? new LocalTime(number, 0) : start;
            else if (kind is null && isHour && number is >= 7 and <= 22)
                start = new LocalTime(number, 0);
            else
                people = number;
        }

        private int Begins(LocalTime time, int count)
        {
            start ??= time;
            return count;
        }

        private int Ends(LocalTime time, int count)
        {
            end = time;
            return count;
        }

        private int Lasts(int length, int count)
        {
            minutes ??= length;
            return count;
        }

        private int Come(int number, int count)
        {
            people ??= number;
            return count;
        }

        private static int Minute(LocalTime time) => time.Hour * 60 + time.Minute;

        private static bool IsHourWord(string word) => word == "uhr";

        /// <summary>A time, also as a mere hour: after "at", or in a span.</summary>
        private static LocalTime? AnyClock(string word) =>
            Clock(word) ?? (Whole(word) is { } hour and <= 23 ? new LocalTime(hour, 0) : null);

        /// <summary>"14:00", "14.30", "2pm", "2:30pm", "14uhr".</summary>
        private static LocalTime? Clock(string word)
        {
            var text = word;
            var (isMorning, isEvening) = (text.EndsWith("am", StringComparison.Ordinal), text.EndsWith("pm", StringComparison.Ordinal));
            var hasUhr = text.EndsWith("uhr", StringComparison.Ordinal);
            if (isMorning || isEvening)
                text = text[..^2];
            else if (hasUhr)
                text = text[..^3];
            var parts = text.Split(':', '.');
            if (parts is not ([_] or [_, { Length: 2 }]) || Whole(parts[0]) is not { } hour)
                return null;
            if (parts.Length == 1 && !isMorning && !isEvening && !hasUhr)
                return null;
            var minute = parts.Length == 1 ? 0 : Whole(parts[1]) ?? 60;
            if (isMorning || isEvening)
            {
                if (hour is < 1 or > 12)
                    return null;
                hour = hour % 12 + (isEvening ? 12 : 0);
            }

            return hour <= 23 && minute <= 59 ? new LocalTime(hour, minute) : null;
        }

        /// <summary>"3.12.", "3.12", "3.12.2026", "3/12", "2026-12-03".</summary>
        private LocalDate? Date(string word)
        {
            if (word.Split('-') is [{ Length: 4 } year, var month, var date])
                return Day(Whole(year), Whole(month), Whole(date));
            var parts = word.TrimEnd('.').Split('.', '/');
            return parts.Length switch
            {
                2 => OfYear(Whole(parts[0]) ?? 0, Whole(parts[1]) ?? 0, year: null),
                3 when Year(parts[2]) is { } given => OfYear(Whole(parts[0]) ?? 0, Whole(parts[1]) ?? 0, given),
                _ => null,
            };
        }

        /// <summary>Without a year the next that comes.</summary>
        private LocalDate? OfYear(int date, int month, int? year)
        {
            if (year is not null)
                return Day(year, month, date);
            return Day(now.Year, month, date) is { } known && known >= now.Date ? known
                : Day(now.Year + 1, month, date) ?? Day(now.Year, month, date);
        }

        private static LocalDate? Day(int? year, int? month, int? date) =>
            year is >= SiteTime.YearMin and <= SiteTime.YearMax && month is >= 1 and <= 12 && date >= 1
            && date <= CalendarSystem.Iso.GetDaysInMonth(year.Value, month.Value)
                ? new LocalDate(year.Value, month.Value, date.Value)
                : null;

        /// <summary>"3.", "3", "3rd".</summary>
        private static int? Ordinal(string word)
        {
            var digits = word.TakeWhile(char.IsAsciiDigit).Count();
            return digits is 1 or 2 && word[digits..] is "" or "." or "st" or "nd" or "rd" or "th" ? Whole(word[..digits]) : null;
        }

        private static int? Year(string word) => word.Length switch
        {
            4 when Whole(word) is >= SiteTime.YearMin and <= SiteTime.YearMax => Whole(word),
            2 when Whole(word) is { } two => 2000 + two,
            _ => null,
        };

        private static int? Whole(string word) =>
            word.Length is >= 1 and <= 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }
}
