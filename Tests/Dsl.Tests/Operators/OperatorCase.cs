namespace Dlm.Dsl.Tests.Operators;

/// <summary>The cases of one row of the operator table, in the order of their reading: what is right, then what is wrong.</summary>
internal sealed record OperatorCases(string Operator, params OperatorCase[] Cases)
{
    /// <summary>
    /// What flows in, the stage, what flows out, and a piece of the generated C#, which for a layer is its construction. Weights
    /// as <c>weight [8, 4], bias [8]</c>, a buffer in parentheses; multiply-accumulates for the whole output, as a formula.
    /// </summary>
    public static OperatorCase Good(string input, string stage, string output, string csharp, string weights = "", string macs = "0", string parameters = "") =>
        new(input, stage, parameters) { Output = output, CSharp = csharp, Weights = weights, Macs = macs };

    /// <summary>What flows in, the stage, and the diagnostic that it gives; <paramref name="says"/> is a piece of its message.</summary>
    public static OperatorCase Bad(string input, string stage, string id, string says, string parameters = "") =>
        new(input, stage, parameters) { Id = id, Says = says };

    /// <summary>What is open until the module is made, and the claim that its constructor then checks.</summary>
    public static OperatorCase Checked(string input, string stage, string output, string claim, string parameters) =>
        new(input, stage, parameters) { Output = output, Claim = claim };
}

/// <summary>One call of an operator, and what must come of it.</summary>
internal sealed record OperatorCase(string Input, string Stage, string Parameters)
{
    public string? Output { get; init; }

    public string? CSharp { get; init; }

    public string? Weights { get; init; }

    public string? Macs { get; init; }

    public string? Claim { get; init; }

    public string? Id { get; init; }

    public string? Says { get; init; }

    /// <summary>The model that makes the call; its stage is called s.</summary>
    public string Source =>
        $"model A{(Parameters.Length > 0 ? $"({Parameters})" : "")} : {Input} -> {Output ?? "[_]"} {{\n  s: {Stage}\n}}\n";
}
