using System.Globalization;
using Dlm.Runtime.Data.Text;

namespace Dlm.Samples.Language;

/// <summary>Days of two centuries as people write them, with the same day as ISO 8601 has it. No day is both learnt from and tested with.</summary>
internal static class WrittenDates
{
    private static readonly DateOnly First = new(1900, 1, 1), Last = new(2099, 12, 31);

    private static readonly string[] Formats =
    [
        "dddd, d MMMM yyyy", "ddd d MMM yyyy", "MMMM d, yyyy", "MMM d yyyy", "d MMMM yyyy", "dd.MM.yyyy", "M/d/yyyy", "d-MMM-yyyy", "yyyy MMMM d", "dddd, MMMM d, yyyy",
        "'the' d'{0}' 'of' MMMM yyyy", "MMMM 'the' d'{0}', yyyy",
    ];

    public static TranslationTask Draw(int training, ulong seed)
    {
        Random chance = new((int)seed);
        DateOnly[] days = [.. Enumerable.Range(0, Last.DayNumber - First.DayNumber + 1).Select(First.AddDays)];
        chance.Shuffle(days);
        (string Source, string Target)[] pairs = [.. days.Take(training + TranslationTask.HeldOut).Select(day => (Write(day, chance), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))];
        return new TranslationTask("dates", pairs, texts => CharacterTokenizer.Train(texts));
    }

    private static string Write(DateOnly day, Random chance)
    {
        string format = Formats[chance.Next(Formats.Length)];
        string text = day.ToString(format, CultureInfo.InvariantCulture).Replace("{0}", Ordinal(day.Day), StringComparison.Ordinal);
        return chance.Next(4) switch { 0 => text.ToLowerInvariant(), 1 => text.ToUpperInvariant(), _ => text };
    }

    private static string Ordinal(int day) => day switch { 1 or 21 or 31 => "st", 2 or 22 => "nd", 3 or 23 => "rd", _ => "th" };
}
