using System.Globalization;
using Dlm.Runtime.Data.Text;

namespace Dlm.Samples.Language;

/// <summary>Numbers below a million in words, with their digits. No number is both learnt from and tested with.</summary>
internal static class NumberWords
{
    private const int Below = 1_000_000;

    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
        "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static TranslationTask Draw(int training, ulong seed)
    {
        Random chance = new((int)seed);
        HashSet<int> drawn = [];
        // As many have few digits as many: evenly drawn, nine of ten would have six.
        while (drawn.Count < training + TranslationTask.HeldOut) drawn.Add(chance.Next(chance.Next(3) == 0 ? Below / 100 : Below));
        (string Source, string Target)[] pairs = [.. drawn.Select(number => (Write(number), number.ToString(CultureInfo.InvariantCulture)))];
        return new TranslationTask("numbers", pairs, texts => WordTokenizer.Train(texts)) { IsReversed = true };
    }

    private static string Write(int number) => number switch
    {
        < 20 => Small[number],
        < 100 => Tens[number / 10] + (number % 10 == 0 ? "" : " " + Small[number % 10]),
        < 1000 => $"{Small[number / 100]} hundred" + (number % 100 == 0 ? "" : " and " + Write(number % 100)),
        _ => $"{Write(number / 1000)} thousand" + (number % 1000 == 0 ? "" : (number % 1000 < 100 ? " and " : " ") + Write(number % 1000)),
    };
}
