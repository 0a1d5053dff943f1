namespace Dlm.Dsl.Operators;

/// <summary>An axis of a pattern: a name, or a number for an axis without a name.</summary>
internal sealed record Axis(string Name, int Place)
{
    /// <summary>The size, of an axis that is written as a number.</summary>
    public long? Size => long.TryParse(Name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var size) ? size : null;
}

/// <summary>
/// One side of a pattern in the notation of einops (Rogozhnikov, 2022), <c>b (h k) t</c>: a dimension for each word, and one for all
/// words in a pair of parentheses.
/// </summary>
internal sealed record AxisSide(IReadOnlyList<IReadOnlyList<Axis>> Dims)
{
    /// <summary>All axes in order.</summary>
    public IEnumerable<Axis> Axes => Dims.SelectMany(d => d);
}

/// <summary>A pattern such as <c>b t (h k) -> b h t k</c>.</summary>
internal sealed class AxisPattern
{
    private readonly string text;
    private int at;

    private AxisPattern(string text) => this.text = text;

    /// <summary>What comes in.</summary>
    public AxisSide Left { get; private set; } = new([]);

    /// <summary>What goes out.</summary>
    public AxisSide Right { get; private set; } = new([]);

    /// <summary>Where the mistake is, from 0.</summary>
    public int Place { get; private set; }

    /// <summary>What is wrong; null where the pattern can be read.</summary>
    public string? Problem { get; private set; }

    /// <summary>Reads a pattern; <paramref name="isReducing"/> allows axes to be missing on the right.</summary>
    public static AxisPattern Read(string text, bool isReducing)
    {
        var pattern = new AxisPattern(text);
        pattern.Left = pattern.ReadSide(isRight: false);
        if (pattern.Problem is null) pattern.Right = pattern.ReadSide(isRight: true);
        if (pattern.Problem is null) pattern.Check(isReducing);
        return pattern;
    }

    private AxisSide ReadSide(bool isRight)
    {
        var dims = new List<IReadOnlyList<Axis>>();
        List<Axis>? group = null;
        var opened = 0;
        while (Problem is null)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            var start = at;
            if (at == text.Length || text[at] == '-')
            {
                if (group is not null) Fail(opened, "the parenthesis is never closed");
                else if (at == text.Length) { if (!isRight) Fail(at, "'->' and what comes out are missing"); }
                else if (isRight || at + 1 == text.Length || text[at + 1] != '>') Fail(at, isRight ? "there is a second '->'" : "'-' has no meaning here; write '->'");
                else at += 2;
                break;
            }
            if (text[at] == '(')
            {
                if (group is not null) Fail(at, "parentheses cannot be nested");
                (group, opened) = ([], at++);
            }
            else if (text[at] == ')')
            {
                if (group is null) Fail(at, "this parenthesis was never opened");
                else dims.Add(group);
                group = null;
                at++;
            }
            else if (IsWord(text[at]))
            {
                while (at < text.Length && IsWord(text[at])) at++;
                var axis = new Axis(text.Substring(start, at - start), start);
                if (group is not null) group.Add(axis);
                else dims.Add([axis]);
            }
            else
            {
                Fail(at, text[at] == '.' ? "'...' is not possible here; write a name for each dimension" : $"'{text[at]}' has no meaning here");
            }
        }
        return new AxisSide(dims);
    }

    private void Check(bool isReducing)
    {
        foreach (var side in new[] { Left, Right })
        {
            var twice = side.Axes.Where(a => a.Size is null).GroupBy(a => a.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
            if (twice is not null) Fail(twice.Last().Place, $"'{twice.Key}' stands twice on one side");
            var odd = side.Axes.FirstOrDefault(a => char.IsDigit(a.Name[0]) && a.Size is null or 0);
            if (odd is not null) Fail(odd.Place, $"'{odd.Name}' is neither a name nor a size");
        }
        if (Problem is not null) return;
        if (Right.Axes.FirstOrDefault(a => a.Size is { } size && size != 1) is { } number) Fail(number.Place, $"'{number.Name}' stands for no axis on the left; give it a name");
        else if (Right.Axes.FirstOrDefault(r => r.Size is null && Left.Axes.All(l => l.Name != r.Name)) is { } extra) Fail(extra.Place, $"'{extra.Name}' does not stand on the left");
        else if (!isReducing && Left.Axes.FirstOrDefault(l => l.Size != 1 && Right.Axes.All(r => r.Name != l.Name)) is { } lost)
            Fail(lost.Place, $"'{lost.Name}' does not stand on the right; reduce takes the mean or the largest over an axis");
    }

    private void Fail(int place, string problem)
    {
        if (Problem is not null) return;
        (Place, Problem) = (place, problem);
    }

    private static bool IsWord(char letter) => letter == '_' || letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9';
}
