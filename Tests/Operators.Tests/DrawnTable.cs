using Dlm.Dsl.Operators;
using Dlm.Operators.Tests;
using TorchSharp;

[assembly: AssemblyFixture(typeof(DrawnTable))]

namespace Dlm.Operators.Tests;

/// <summary>The calls drawn for every row, and their forms compiled.</summary>
public sealed class DrawnTable
{
    private const int Accepted = 300;
    private const int Rejected = 25;

    private readonly Dictionary<string, IReadOnlyList<Verdict>> verdicts;
    private readonly HashSet<string> seenLiterals = new(StringComparer.Ordinal);

    /// <summary>Draws and compiles.</summary>
    public DrawnTable()
    {
        // The tensors are small: threads would only wait for one another.
        torch.set_num_threads(1);
        verdicts = Rows.AsParallel().ToDictionary(row => row.Key, row => Draws.Of(row.Value, Accepted, Rejected));
        var forms = new List<CallForm>();
        foreach (var verdict in verdicts.Values.SelectMany(all => all))
        {
            if (verdict.Form is not null) forms.Add(verdict.Form);
            if (LiteralsOf(verdict) is { } literals) forms.Add(literals);
        }
        seenLiterals.Clear();
        Forms = new CompiledForms(forms);
    }

    /// <summary>The rows to draw for, by name or sign: all, or those that the variable OPERATORS names, with commas between.</summary>
    public static IReadOnlyDictionary<string, Operator> Rows { get; } = OperatorTable.All
        .Select(row => KeyValuePair.Create(row.Name, row)).Concat(OperatorTable.Signs)
        .Where(row => Environment.GetEnvironmentVariable("OPERATORS")?.Split(',').Contains(row.Key) ?? true)
        .ToDictionary(row => row.Key, row => row.Value, StringComparer.Ordinal);

    internal CompiledForms Forms { get; }

    internal IReadOnlyList<Verdict> Of(string name) => verdicts[name];

    /// <summary>The call with its numbers written out, for the first of those accepted ones that C# may read alike.</summary>
    internal CallForm? LiteralsOf(Verdict verdict)
    {
        if (verdict.Outputs is null) return null;
        var zeros = string.Concat(verdict.Form!.Values.Select(value => value switch { 0L => '0', < 0L => '-', _ => '.' }));
        return seenLiterals.Add(zeros + verdict.Form.Code) ? verdict.Literals : null;
    }
}
