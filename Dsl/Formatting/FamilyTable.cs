using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Formatting;

/// <summary>
/// The members of a family that stand below each other are a table: <c>=</c> below <c>=</c>, <c>expect</c> below <c>expect</c>.
/// </summary>
internal static class FamilyTable
{
    public static void Align(IReadOnlyList<FormatToken> tokens, int width)
    {
        var rows = new List<Row>();
        for (var start = 0; start < tokens.Count;)
        {
            var end = start + 1;
            while (end < tokens.Count && !(tokens[end].BeginsStatement && tokens[end].Braces is null)) end++;
            var row = RowOf(tokens, start, end);
            // A blank line or a comment ends the table.
            if (row is null || tokens[start].Comments.Any(c => c.LineEnds > 0) || tokens[start].LineEnds > 1) AlignRows(rows, width);
            if (row is not null) rows.Add(row);
            start = end;
        }
        AlignRows(rows, width);
    }

    private sealed record Row(FormatToken Sign, FormatToken? Expect, int Head, int Value, int Figures);

    // One line of the form model Name(parameters) = value expect figures.
    private static Row? RowOf(IReadOnlyList<FormatToken> tokens, int start, int end)
    {
        if (tokens[start].Parent is not ModelSyntax { Value: not null }) return null;
        int equals = -1, expect = end;
        for (var i = start + 1; i < end; i++)
        {
            if (tokens[i].Breaks || tokens[i].Comments.Count > 0) return null;
            if (tokens[i] is { Kind: SyntaxKind.Equals, Parent: ModelSyntax }) equals = i;
            if (tokens[i] is { Text: "expect", Parent: ExpectSyntax }) expect = i;
        }
        return equals < 0 ? null : new Row(tokens[equals], expect < end ? tokens[expect] : null, Length(start, equals), Length(equals, expect), Length(expect, end));

        int Length(int from, int to) => Enumerable.Range(from, to - from).Sum(i => (i > from ? tokens[i].Blanks : 0) + tokens[i].Text.Length);
    }

    private static void AlignRows(List<Row> rows, int width)
    {
        var head = rows.Count == 0 ? 0 : rows.Max(r => r.Head);
        var value = rows.Where(r => r.Expect is not null).Select(r => r.Value).DefaultIfEmpty(0).Max();
        if (rows.Count > 1 && rows.All(r => head + 1 + (r.Expect is null ? r.Value : value + 2 + r.Figures) <= width))
        {
            foreach (var row in rows)
            {
                row.Sign.Blanks = head - row.Head + 1;
                if (row.Expect is not null) row.Expect.Blanks = value - row.Value + 2;
            }
        }
        rows.Clear();
    }
}
