namespace Dlm.Runtime.Reports;

/// <summary>A sentence whose words have weights.</summary>
/// <param name="Weight">Its own among the sentences of its text, from 0 to 1.</param>
/// <param name="Words">Its words with theirs, from 0 to 1.</param>
public sealed record WeightedSentence(double Weight, IReadOnlyList<(string Word, double Weight)> Words);

/// <summary>A text whose sentences have weights.</summary>
/// <param name="Heading">What stands above it: what it is, what was found.</param>
/// <param name="Sentences">Its sentences.</param>
public sealed record WeightedParagraph(string Heading, IReadOnlyList<WeightedSentence> Sentences);

/// <summary>Shades words by how much attention they have, and marks sentences by theirs, as in figures 5 and 6 of Yang et al. (2016).</summary>
public static class WeightedText
{
    private const double Width = 860, Margin = 24, Head = 64, Indent = 22, Size = 13, Letter = 0.6 * Size, Line = 22, Gap = 14;

    /// <summary>Draws paragraphs one below the other, SVG.</summary>
    /// <param name="title">What they show.</param>
    /// <param name="subtitle">How to read them.</param>
    /// <param name="paragraphs">The paragraphs; the heaviest word of each has the full colour.</param>
    public static string Draw(string title, string subtitle, IReadOnlyList<WeightedParagraph> paragraphs)
    {
        ArgumentNullException.ThrowIfNull(paragraphs);
        var laid = paragraphs.Select(paragraph => (paragraph.Heading, Sentences: paragraph.Sentences.Select(sentence => (sentence.Weight, Words: Lay(sentence.Words))).ToArray())).ToArray();
        double height = Head + laid.Sum(paragraph => Line + Gap + paragraph.Sentences.Sum(sentence => Lines(sentence.Words) * Line));
        Svg svg = new(Width, height, title);
        svg.Text(Margin, 30, title, 17, weight: 600).Text(Margin, 50, subtitle, 12.5, Svg.Muted);
        double top = Head;
        foreach (var (heading, sentences) in laid)
        {
            svg.Text(Margin, top + 15, heading, 12.5, weight: 600);
            top += Line;
            double most = Math.Max(double.Epsilon, sentences.SelectMany(sentence => sentence.Words).Max(word => word.Weight));
            double heaviest = Math.Max(double.Epsilon, sentences.Max(sentence => sentence.Weight));
            foreach (var (weight, words) in sentences)
            {
                double below = top + Lines(words) * Line;
                Shade(svg, Margin, top + 2, 8, below - top - 4, Svg.Red, weight / heaviest);
                foreach (var word in words)
                {
                    double x = Margin + Indent + word.Column * Letter, y = top + word.Row * Line;
                    Shade(svg, x - 2, y + 2, word.Text.Length * Letter + 4, Line - 4, Svg.Blue, 0.75 * word.Weight / most);
                    svg.Add($"<text x=\"{x}\" y=\"{y + 15}\" font-size=\"{Size}\" fill=\"{Svg.Ink}\" font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" textLength=\"{word.Text.Length * Letter}\">{System.Security.SecurityElement.Escape(word.Text)}</text>\n");
                }

                top = below;
            }

            top += Gap;
        }

        return svg.ToString();
    }

    private static void Shade(Svg svg, double x, double y, double width, double height, string colour, double strength)
    {
        if (strength >= 0.02) svg.Add($"<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"2\" fill=\"{colour}\" fill-opacity=\"{strength}\"/>\n");
    }

    private static int Lines((string Text, double Weight, int Row, int Column)[] words) => words.Length == 0 ? 1 : words[^1].Row + 1;

    // Letters are equally wide, so that words have places without anything being measured.
    private static (string Text, double Weight, int Row, int Column)[] Lay(IReadOnlyList<(string Word, double Weight)> words)
    {
        int columns = (int)((Width - 2 * Margin - Indent) / Letter), row = 0, column = 0;
        var placed = new (string, double, int, int)[words.Count];
        for (int i = 0; i < placed.Length; i++)
        {
            if (column > 0 && column + words[i].Word.Length > columns) (row, column) = (row + 1, 0);
            placed[i] = (words[i].Word, words[i].Weight, row, column);
            column += words[i].Word.Length + 1;
        }

        return placed;
    }
}
