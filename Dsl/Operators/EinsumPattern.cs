namespace Dlm.Dsl.Operators;

/// <summary>A pattern such as <c>bij,bkj->bik</c>: a letter for each dimension of each side. Spaces mean nothing.</summary>
internal sealed class EinsumPattern
{
    private EinsumPattern(IReadOnlyList<string> inputs, string output)
    {
        Inputs = inputs;
        Output = output;
    }

    /// <summary>The letters of each tensor.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The letters of the result.</summary>
    public string Output { get; }

    /// <summary>Reads a pattern; where it cannot be read, the place of the mistake, from 0, and what it is.</summary>
    public static EinsumPattern? Read(string text, out int place, out string problem)
    {
        (place, problem) = (0, "");
        var inputs = new List<string>();
        var current = "";
        var seen = new HashSet<char>();
        var isOutput = false;
        for (var i = 0; i < text.Length; i++)
        {
            place = i;
            var letter = text[i];
            if (letter is ' ' or '\t') continue;
            if (letter is >= 'a' and <= 'z' or >= 'A' and <= 'Z')
            {
                if (isOutput && current.Contains(letter)) problem = $"'{letter}' stands in the result twice";
                else if (isOutput && !seen.Contains(letter)) problem = $"'{letter}' stands in no tensor";
                if (problem.Length > 0) return null;
                if (!isOutput) seen.Add(letter);
                current += letter;
            }
            else if (letter == ',' && !isOutput)
            {
                inputs.Add(current);
                current = "";
            }
            else if (letter == '-' && i + 1 < text.Length && text[i + 1] == '>' && !isOutput)
            {
                inputs.Add(current);
                (current, isOutput) = ("", true);
                i++;
            }
            else
            {
                problem = letter == '.' ? "'...' is not possible here; write a letter for each dimension" : $"'{letter}' has no meaning here; write a letter for each dimension, as in \"bij,bkj->bik\"";
                return null;
            }
        }
        if (isOutput) return new EinsumPattern(inputs, current);
        (place, problem) = (text.Length, "'->' and the letters of the result are missing");
        return null;
    }
}
