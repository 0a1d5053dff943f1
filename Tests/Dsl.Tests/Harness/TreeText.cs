using Dlm.Dsl.Syntax;

namespace Dlm.Dsl.Tests.Harness;

/// <summary>
/// A tree on one line, in which one sees what binds to what: <c>(a + b)</c> an operation, <c>{a; b}</c> a chain,
/// <c>[a | b]</c> a body, everything else as it is written.
/// </summary>
internal static class TreeText
{
    public static string Of(SyntaxNode? node) => node switch
    {
        null => "",
        FlowStatementSyntax flow => Of(flow.Expression),
        BindingSyntax binding => $"{(binding.Keyword is { } word ? $"{word.Text} " : "")}{Of(binding.Target)} = {Of(binding.Value)}",
        KeywordStatementSyntax statement => $"{statement.Keyword.Text} {Of(statement.Expression)}",
        BlockBodySyntax body => $"[{string.Join(" | ", body.Statements.Select(Of))}]",
        ChainSyntax chain => $"{{{string.Join("; ", chain.Stages.Select(Of))}}}",
        NamedStageSyntax named => $"{named.Name.Text}: {Of(named.Stage)}",
        UnarySyntax unary => $"({unary.Operator.Text}{Of(unary.Operand)})",
        BinarySyntax binary => $"({Of(binary.Left)} {binary.Operator.Text} {Of(binary.Right)})",
        IfSyntax choice => $"if {Of(choice.Condition)} then {Of(choice.WhenTrue)} else {Of(choice.WhenFalse)}",
        CallSyntax call => $"{Of(call.Callee)}({Joined(call.Arguments)})",
        ArgumentSyntax argument => argument.Name is { } name ? $"{name.Text}: {Of(argument.Value)}" : Of(argument.Value),
        IndexSyntax index => $"{Of(index.Target)}[{Joined(index.Indices)}]",
        SliceSyntax slice => $"{Of(slice.Start)}:{Of(slice.Stop)}{(slice.Step is null ? "" : $":{Of(slice.Step)}")}",
        ListSyntax list => $"[{Joined(list.Items)}]",
        TupleSyntax tuple => $"({Joined(tuple.Items)})",
        GroupSyntax group => $"{(group.Keyword is { } word ? $"{word.Text} " : "")}{Of(group.Argument)}{Of(group.Body)}",
        RepeatSyntax repeat => $"repeat {(repeat.Variable is { } variable ? $"{variable.Text} in " : "")}{Of(repeat.Range)} {Of(repeat.Body)}",
        _ => node.ToString().Trim(),
    };

    private static string Joined(IEnumerable<SyntaxNode> nodes) => string.Join(", ", nodes.Select(Of));
}
