using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Dlm.Runtime.Tests.Display;

/// <summary>As much of a terminal as a moving line needs: what stands on it after some output.</summary>
internal sealed partial class TerminalScreen
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _row;
    private int _column;

    /// <summary>What stands on it, without blanks at line ends and empty lines at its end.</summary>
    public string[] Lines
    {
        get
        {
            string[] lines = [.. _lines.Select(line => line.ToString().TrimEnd())];
            return lines[..(Array.FindLastIndex(lines, line => line.Length > 0) + 1)];
        }
    }

    /// <summary>Shows more output.</summary>
    public TerminalScreen Feed(string output)
    {
        foreach (Match part in Part().Matches(output))
        {
            switch (part.Value[^1])
            {
                case '\r':
                    _column = 0;
                    break;
                case '\n':
                    (_row, _column) = (_row + 1, 0);
                    if (_row == _lines.Count) _lines.Add(new StringBuilder());
                    break;
                case 'A' when part.Value[0] == '\u001b':
                    // No count and a count of 0 are both one line.
                    _row = Math.Max(0, _row - Math.Max(1, int.Parse("0" + part.Groups["count"].Value, CultureInfo.InvariantCulture)));
                    break;
                case 'K' when part.Value[0] == '\u001b':
                    _lines[_row].Clear();
                    break;
                default:
                    if (part.Value[0] != '\u001b') Write(part.Value);
                    break;
            }
        }
        return this;
    }

    private void Write(string text)
    {
        StringBuilder line = _lines[_row];
        line.Append(' ', Math.Max(0, _column + text.Length - line.Length));
        line.Remove(_column, text.Length).Insert(_column, text);
        _column += text.Length;
    }

    [GeneratedRegex("\u001b\\[(?<count>[0-9]*)[;?0-9]*[A-Za-z]|[\r\n]|[^\u001b\r\n]+")]
    private static partial Regex Part();
}
