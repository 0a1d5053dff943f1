using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Diagnostics;

internal readonly partial struct DiagnosticBuilder
{
    public void WrongRank(string @operator, string needed, TensorType input, string origin, string? help = null) => Report(
        DiagnosticKinds.WrongRank,
        $"""
        '{@operator}' needs {needed}.
            here flows  {input}   from {origin}
            help: {help ?? (input.Rank == 2 ? "a flattened tensor cannot become an image again: put this stage before 'flatten'" : "check the stages before this one")}
        """);

    public void WrongElementType(string @operator, string needed, TensorType input, string origin, string? help = null) => Report(
        DiagnosticKinds.WrongElementType,
        $"""
        '{@operator}' needs {needed}.
            here flows  {input}   from {origin}
            help: {help ?? (needed == "an int tensor" ? "an input of indices is declared as int[B, T]" : "indices become vectors with embedding(count, width)")}
        """);

    public void EmptyDimension(string @operator, string dimension, Dim size, TensorType input, string origin, string explanation) => Report(
        DiagnosticKinds.EmptyDimension,
        $"""
        '{@operator}' would leave a {dimension} of {size}: {explanation}.
            here flows  {input}   from {origin}
            help: use a smaller window, add pad, or take away a pooling stage before this one
        """);

    public void Broadcast(string sign, GraphValue left, GraphValue right, IReadOnlyList<SizeConflict> conflicts, string help, Facts facts)
    {
        var (a, b) = (left.Name ?? "", right.Name ?? "");
        var (names, shapes) = (Math.Max(a.Length, b.Length), Math.Max(left.Type.ToString().Length, right.Type.ToString().Length));
        Report(
            DiagnosticKinds.Broadcast,
            $"""
            '{sign}' needs shapes that broadcast.
                left   {a.PadRight(names)}{(names > 0 ? "   " : "")}{left.Type.ToString().PadRight(shapes)}   from {left.Origin}
                right  {b.PadRight(names)}{(names > 0 ? "   " : "")}{right.Type.ToString().PadRight(shapes)}   from {right.Origin}
                they differ in: {string.Join(", ", conflicts)}{Example(conflicts, facts)}
                help: {Mend(conflicts, facts, help)}
            """);
    }

    public void ShapeNeeded(string @operator, string role, GraphValue actual, TensorType needed, IReadOnlyList<SizeConflict> conflicts, string help, Facts facts) => Report(
        DiagnosticKinds.ShapeNeeded,
        $"""
        '{@operator}' needs {needed with { Element = actual.Type.Element }} as {role}.
            here flows  {actual.Type}   from {actual.Origin}
            they differ in: {string.Join(", ", conflicts)}{Example(conflicts, facts)}
            help: {Mend(conflicts, facts, help)}
        """);

    public void WrongInnerSize(GraphValue left, GraphValue right) => Report(
        DiagnosticKinds.WrongInnerSize,
        $"""
        '@' needs the left side's last size to be the right side's last but one.
            left   {left.Type}   from {left.Origin}
            right  {right.Type}   from {right.Origin}
            help: swap the sides, or transpose one of them
        """);

    public void StateChanges(string name, TensorType first, TensorType next, string origin) => Report(
        DiagnosticKinds.StateChanges,
        $"""
        The state '{name}' must keep its shape from step to step.
            first  {first}
            next   {next}   from {origin}
            help: begin with the shape it becomes, or bring it back to the first
        """);

    public void SharedLayerDiffers(string name, string difference) => Report(
        DiagnosticKinds.SharedLayerDiffers,
        $"""
        The shared layer '{name}' would need other parameters here than in its first call.
            {difference}
            help: give it inputs of one width, or declare a second layer
        """);

    public void RankUnknown(string @operator, TensorType input, string origin) => Report(
        DiagnosticKinds.RankUnknown,
        $"""
        '{@operator}' depends on how many dimensions there are, and here that is open.
            here flows  {input}   from {origin}
            help: count dimensions from the end, as in dim: -1, or write the shape in full, such as [B, T, d]
        """);

    public void TooManyIndices(int given, TensorType tensor, string origin) => Report(
        DiagnosticKinds.TooManyIndices,
        $"""
        {(given > tensor.Rank ? $"{given} indices are too many for {(tensor.Rank == 1 ? "one dimension" : $"{tensor.Rank} dimensions")}." : "An index may hold '...' once.")}
            here stands  {tensor}   from {origin}
            help: give at most one index a dimension
        """);

    public void InputMismatch(string block, string port, string declared, TensorType actual, string origin, IReadOnlyList<SizeConflict> conflicts, Facts facts) => Report(
        DiagnosticKinds.InputMismatch,
        $"""
        '{block}' takes {declared} as {port}.
            here flows  {actual}   from {origin}{Example(conflicts, facts)}
            help: {Mend(conflicts, facts, $"change the stage before it, or the signature of '{block}'")}
        """);

    public void BranchesDiffer(TensorType whenTrue, string trueOrigin, TensorType whenFalse, string falseOrigin) => Report(
        DiagnosticKinds.BranchesDiffer,
        $"""
        The branches of a choice give tensors of one rank and element type.
            then  {whenTrue}   from {trueOrigin}
            else  {whenFalse}   from {falseOrigin}
            help: end both with a stage of the same kind of shape
        """);

    public void TurnChangesRank(TensorType before, TensorType? after) => Report(
        DiagnosticKinds.TurnChanges,
        $"""
        What flows out of a turn of 'repeat' flows into the next, so it keeps its number of dimensions.
            before a turn  {before}
            after it       {after?.ToString() ?? "several tensors"}
            help: move the stage that changes it out of the repeat
        """);

    public void TurnNeverSettles() => Report(
        DiagnosticKinds.TurnChanges, "The sizes after a turn of this 'repeat' depend on one another without end. Write the stages out.");

    public void Indivisible(string @operator, string sizeName, Dim size, string divisorName, Dim divisor) => Report(
        DiagnosticKinds.Indivisible, $"'{@operator}': {divisorName} {divisor} does not divide the {size} {sizeName}. Choose numbers that divide.");

    public void InputSizeUnknown(string @operator, Dim width, string symbol) => Report(
        DiagnosticKinds.InputSizeUnknown,
        $"""
        '{@operator}' makes weights of width {width}, but {symbol} is known only when the model is called.
            help: write the number in the signature, or make it a parameter: ({symbol.ToLowerInvariant()}: int)
        """);

    public void OutputMismatch(TensorType actual, string origin, string declared, IReadOnlyList<SizeConflict> conflicts, string? other, string help, Facts facts) => Report(
        DiagnosticKinds.OutputMismatch,
        $"""
        The signature promises {declared}, the last stage gives {actual}.
            last stage  {actual}   from {origin}
            they differ in: {string.Join("; ", conflicts.Select(c => $"{c.Where}, {c.Left} and {c.Right}").Concat(other is null ? [] : [other]))}{Example(conflicts, facts)}
            help: {Mend(conflicts, facts, help)}
        """);

    public void ExpectedParameters(string expected, string actual, string detail) => Report(
        DiagnosticKinds.ExpectedParameters, $"Expected {expected} parameters, the model has {actual}.{detail}");

    public void ExpectedMacs(string expected, string actual) => Report(
        DiagnosticKinds.ExpectedMacs, $"Expected {expected} multiply-accumulates at batch 1, the model has {actual}.");

    public void ExpectedOutput(string expected, string actual) => Report(
        DiagnosticKinds.ExpectedOutput, $"Expected the output {expected}, the model gives {actual} with its default arguments.");

    public void FigureNotComputable(string figure, Dim? value) => Report(
        DiagnosticKinds.FigureNotComputable,
        $"The number of {figure}{(value is null ? "" : $" is {value}: it")} has no one value to expect. Give those parameters defaults, or sizes to those dimensions.");

    private static string Example(IReadOnlyList<SizeConflict> conflicts, Facts facts) =>
        conflicts.Select(c => CounterExample.Of(c, facts)).FirstOrDefault(example => example is not null) is { } found ? $"\n    for {found}" : "";

    private static string Mend(IReadOnlyList<SizeConflict> conflicts, Facts facts, string otherwise) =>
        CounterExample.Mend(conflicts, facts) is { } require ? $"begin the model's body with: {require}" : otherwise;

    /// <summary>1234567 as 1_234_567, as the language writes it.</summary>
    internal static string Number(long value) => value.ToString("#,0", System.Globalization.CultureInfo.InvariantCulture).Replace(',', '_');
}
