using System.Text;
using System.Text.Json;
using Dlm.Runtime.Files;

namespace Dlm.Runtime.Data.Text;

/// <summary>Entries of text and their numbers, from 0 on. It never changes.</summary>
public sealed class Vocabulary
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string[] _entries;
    private readonly Dictionary<string, int> _numbers;
    private readonly HashSet<int> _reserved;

    /// <summary>Numbers entries in their order.</summary>
    /// <exception cref="ArgumentException">An entry comes twice.</exception>
    public Vocabulary(IEnumerable<string> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _entries = [.. entries];
        _numbers = new Dictionary<string, int>(_entries.Length, StringComparer.Ordinal);
        for (int i = 0; i < _entries.Length; i++)
        {
            if (!_numbers.TryAdd(_entries[i], i)) throw new ArgumentException($"Entries {_numbers[_entries[i]]} and {i} of the vocabulary are both '{_entries[i]}'.", nameof(entries));
        }

        _reserved = [.. Reserved.All.Where(_numbers.ContainsKey).Select(entry => _numbers[entry])];
    }

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Length;

    /// <summary>The entry of a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none.</exception>
    public string this[int number] => number >= 0 && number < _entries.Length
        ? _entries[number]
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"The vocabulary has the entries 0 to {_entries.Length - 1}.");

    /// <summary>The number of <see cref="Reserved.Padding"/>.</summary>
    public int Padding => NumberOf(Reserved.Padding);

    /// <summary>The number of <see cref="Reserved.Unknown"/>.</summary>
    public int Unknown => NumberOf(Reserved.Unknown);

    /// <summary>The number of <see cref="Reserved.Separator"/>.</summary>
    public int Separator => NumberOf(Reserved.Separator);

    /// <summary>The number of <see cref="Reserved.Start"/>.</summary>
    public int Start => NumberOf(Reserved.Start);

    /// <summary>The number of <see cref="Reserved.Mask"/>.</summary>
    public int Mask => NumberOf(Reserved.Mask);

    /// <summary>The number of <see cref="Reserved.Number"/>.</summary>
    public int Number => NumberOf(Reserved.Number);

    /// <summary>Makes a vocabulary of what comes up most often, behind the reserved entries; of what comes up equally often, the first by code points.</summary>
    /// <param name="words">What comes up, each as often as it does.</param>
    /// <param name="size">How many entries at most, reserved ones included.</param>
    /// <param name="least">How often a word must come up.</param>
    public static Vocabulary Build(IEnumerable<string> words, int size = int.MaxValue, int least = 1)
    {
        ArgumentNullException.ThrowIfNull(words);
        var found = words.CountBy(word => word, StringComparer.Ordinal).Where(word => word.Value >= least && !Reserved.All.Contains(word.Key));
        var kept = found.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Select(word => word.Key);
        return new Vocabulary([.. Reserved.All.Concat(kept).Take(size)]);
    }

    /// <summary>Finds the number of an entry.</summary>
    public bool TryFind(string entry, out int number) => _numbers.TryGetValue(entry, out number);

    /// <summary>The number of an entry.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public int NumberOf(string entry) => _numbers.TryGetValue(entry, out int number)
        ? number
        : throw new KeyNotFoundException($"The vocabulary of {Count} entries has no '{entry}'.");

    /// <summary>The number of an entry, or of <see cref="Reserved.Unknown"/> where there is none.</summary>
    public int NumberOrUnknown(string entry) => _numbers.TryGetValue(entry, out int number) ? number : Unknown;

    /// <summary>Whether a number stands for no piece of text.</summary>
    public bool IsReserved(int number) => _reserved.Contains(number);

    /// <summary>Writes the vocabulary: entries with their numbers for a name that ends with <c>.json</c>, as GPT-2 has it, otherwise an entry a line, as BERT has it.</summary>
    /// <exception cref="DataFileException">The file cannot be written, or an entry holds a line break and must go into a <c>.json</c>.</exception>
    public void Save(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (IsJson(path))
        {
            var numbers = _entries.Select((entry, number) => KeyValuePair.Create(entry, number)).ToDictionary();
            Write(path, JsonSerializer.Serialize(numbers, Readable));
            return;
        }

        if (_entries.FirstOrDefault(entry => entry.AsSpan().IndexOfAny('\n', '\r') >= 0) is not null)
        {
            throw new DataFileException(path, "an entry of the vocabulary holds a line break, and the file has an entry a line", "Give it a name that ends with .json.");
        }

        Write(path, string.Concat(_entries.Select(entry => entry + "\n")));
    }

    /// <summary>Reads what <see cref="Save"/> writes: BERT's <c>vocab.txt</c>, GPT-2's <c>vocab.json</c>.</summary>
    /// <exception cref="DataFileException">The file is missing, or no vocabulary.</exception>
    public static Vocabulary Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return new Vocabulary(IsJson(path) ? ReadJson(path) : TextFile.ReadLines(path));
        }
        catch (ArgumentException e)
        {
            throw new DataFileException(path, e.Message.Split(" (Parameter")[0].TrimEnd('.'), "Mend the file, or take the original.", e);
        }
        catch (JsonException e)
        {
            throw new DataFileException(path, $"it is no JSON object of entries and their numbers ({e.Message.TrimEnd('.')})", "Take the original file.", e);
        }
    }

    private static bool IsJson(string path) => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static string[] ReadJson(string path)
    {
        using Stream file = TextFile.ReadBytes(path);
        var numbers = JsonSerializer.Deserialize<Dictionary<string, int>>(file) ?? throw new JsonException("it is null");
        var entries = new string[numbers.Count];
        foreach ((string entry, int number) in numbers)
        {
            if (number < 0 || number >= entries.Length || entries[number] is not null)
            {
                throw new ArgumentException($"'{entry}' has the number {number}, where {entries.Length} entries have the numbers 0 to {entries.Length - 1}, each once.");
            }

            entries[number] = entry;
        }

        return entries;
    }

    internal static void Write(string path, string text) =>
        AtomicFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)), (problem, remedy, inner) => new DataFileException(path, problem, remedy, inner));
}
