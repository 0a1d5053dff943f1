using System.Globalization;

namespace Dlm.Dsl.Emission;

/// <summary>Makes C# identifiers of the names in a file. Whatever the name, it stays an identifier.</summary>
internal static class CSharpNames
{
    /// <summary>TorchSharp's names, written so that no name of the user's can stand before them.</summary>
    public const string Torch = "global::TorchSharp.torch";

    /// <summary>The tensor's type.</summary>
    public const string Tensor = Torch + ".Tensor";

    // Reserved words, and those that C# reads as words where a name can stand.
    private static readonly HashSet<string> Keywords = new(
        ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event "
        + "explicit extern false finally fixed float for foreach goto if implicit in int interface internal is lock long namespace new null "
        + "object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static "
        + "string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while "
        + "add alias allows and args ascending async await by descending dynamic equals extension field file from get global group init "
        + "into join let managed nameof nint not notnull nuint on or orderby partial record remove required scoped select set unmanaged "
        + "value var when where with yield __arglist __makeref __reftype __refvalue").Split(' '),
        StringComparer.Ordinal);

    /// <summary>The name, escaped where C# has another use for it.</summary>
    public static string Escape(string name) => Keywords.Contains(name) ? "@" + name : name;

    /// <summary>Whether declarations in the namespace could stand before the types that generated C# uses.</summary>
    public static bool IsTaken(string @namespace) => @namespace.Split('.')[0] is "System" or "TorchSharp";

    /// <summary>A namespace with each part escaped.</summary>
    public static string EscapeNamespace(string name) => string.Join(".", name.Split('.').Select(Escape));

    /// <summary><c>layer_norm</c> as <c>LayerNorm</c>, and <c>_1</c> as <c>_1</c>.</summary>
    public static string Pascal(string name)
    {
        var parts = name.Split(['_'], StringSplitOptions.RemoveEmptyEntries);
        var joined = string.Concat(parts.Select(part => char.ToUpper(part[0], CultureInfo.InvariantCulture) + part.Substring(1)));
        return joined.Length > 0 && char.IsDigit(joined[0]) ? "_" + joined : joined;
    }

    /// <summary>C# text between quotes.</summary>
    public static string Quote(string text)
    {
        var escaped = text.Select(c => c switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            < ' ' or (>= '\u007f' and <= '\u00a0') or '\u0085' or '\u2028' or '\u2029' => $"\\u{(int)c:X4}",
            _ => char.IsSurrogate(c) ? $"\\u{(int)c:X4}" : c.ToString(),
        });
        return $"\"{string.Concat(escaped)}\"";
    }
}

/// <summary>Hands out names that are not taken yet.</summary>
internal sealed class NameTable(IEnumerable<string> taken)
{
    private readonly HashSet<string> taken = new(taken, StringComparer.Ordinal);
    private readonly Dictionary<string, int> last = new(StringComparer.Ordinal);

    /// <summary>The names that are taken.</summary>
    public IEnumerable<string> Taken => taken;

    /// <summary>The name, with a number behind it where it is taken.</summary>
    public string Take(string name)
    {
        if (taken.Add(name)) return name;
        // Where a name was handed out often, the search goes on behind the last number.
        var i = last.TryGetValue(name, out var used) ? used : 1;
        string free;
        do free = name + (++i).ToString(CultureInfo.InvariantCulture);
        while (!taken.Add(free));
        last[name] = i;
        return free;
    }
}
