using System.Globalization;
using Dlm.Runtime.Data.Text;

namespace Dlm.Samples.Language;

/// <summary>A million characters of Shakespeare, of which a model learns to guess the next from those before.</summary>
/// <param name="Tokenizer">A number for each character.</param>
/// <param name="Training">The first nine tenths.</param>
/// <param name="Validation">The rest.</param>
internal sealed record Shakespeare(CharacterTokenizer Tokenizer, int[] Training, int[] Validation)
{
    /// <summary>What <c>--data</c> names.</summary>
    public const string Option = "A folder with tinyshakespeare.txt, or one with a folder text that has it. Without it: DLM_DATA.";

    private const string FileName = "tinyshakespeare.txt";

    /// <summary>How many different characters there are, reserved entries of the vocabulary included.</summary>
    public int Vocabulary => Tokenizer.Vocabulary.Count;

    /// <summary>The whole text.</summary>
    public static string ReadAll(string? folder) =>
        TextFile.ReadAll(Path.Combine(DataFolder.Require(folder, "text", $"Download {FileName} (github.com/karpathy/char-rnn, data/tinyshakespeare/input.txt)."), FileName));

    /// <summary>Reads it and makes numbers of it.</summary>
    public static Shakespeare Load(string? folder)
    {
        string text = ReadAll(folder);
        CharacterTokenizer tokenizer = CharacterTokenizer.Train(text);
        int[] numbers = tokenizer.Encode(text);
        return new Shakespeare(tokenizer, numbers[..(numbers.Length * 9 / 10)], numbers[(numbers.Length * 9 / 10)..]);
    }

    /// <summary>Says a loss.</summary>
    public static string Nats(double loss) => string.Create(CultureInfo.InvariantCulture, $"{loss:0.000} nats a character");

    /// <summary>What who knows how often each character comes up pays for one in the validation text, in nats.</summary>
    public double UnigramEntropy()
    {
        long[] counts = FrequentWords.Count(Training, Vocabulary);
        return Validation.Average(number => -Math.Log((counts[number] + 1.0) / (Training.Length + Vocabulary)));
    }

    /// <summary>And who knows how often each follows each.</summary>
    public double BigramEntropy()
    {
        long[] before = FrequentWords.Count(Training.AsSpan(..^1), Vocabulary), pairs = new long[Vocabulary * Vocabulary];
        foreach (var (first, second) in Training.Zip(Training.Skip(1))) pairs[first * Vocabulary + second]++;
        return Validation.Zip(Validation.Skip(1)).Average(pair => -Math.Log((pairs[pair.First * Vocabulary + pair.Second] + 1.0) / (before[pair.First] + Vocabulary)));
    }
}
