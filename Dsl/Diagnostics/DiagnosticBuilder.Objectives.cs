using Dlm.Dsl.Elaboration;
using Dlm.Dsl.Shapes;

namespace Dlm.Dsl.Diagnostics;

internal readonly partial struct DiagnosticBuilder
{
    public void LossIndependent(string network, string origin) => Report(
        DiagnosticKinds.LossIndependent,
        $"""
        This loss does not depend on the parameters of '{network}', so a step along it changes nothing.
            the loss comes from {origin}
            help: compute it from what '{network}' gives, and take away a 'stop', argmax or draw on the way
        """);

    public void FrozenStepped(string network) => Report(
        DiagnosticKinds.FrozenStepped, $"'{network}' is frozen: no step changes it. Take 'frozen' away, or step another network.");

    public void NeverStepped(string network) => Report(
        DiagnosticKinds.NeverStepped, $"No step changes the parameters of '{network}'. Write {network}: frozen model if they shall stay as they are, or minimize {network}: ...");

    public void WeightsUnreached(string network, IReadOnlyList<string> keys)
    {
        var shown = string.Join(", ", keys.Take(3)) + (keys.Count > 3 ? $" and {keys.Count - 3} more" : "");
        Report(DiagnosticKinds.WeightsUnreached, $"No loss that steps '{network}' depends on its {shown}: {(keys.Count == 1 ? "it is" : "they are")} never trained. Use the outputs they lead to, or take those stages away.");
    }

    public void StopMissing(string stepped, string other, string value, bool isNamed) => Report(
        DiagnosticKinds.StopMissing,
        $"The gradient of this loss goes on from '{stepped}' into '{other}', which this step does not change. Write {(isNamed ? $"stop({value})" : "stop(...) around what flows in")}, so that it is not computed.");

    public void NotAScalar(TensorType type, string origin) => Report(
        DiagnosticKinds.NotAScalar,
        $"""
        A loss or metric is one float, a tensor without dimensions.
            this is  {type}   from {origin}
            help: {(type.Rank == 0 ? "compute it from floats" : "put mean(...) or sum(...) around it")}
        """);

    public void LossSide(string loss, string needed, string given, string origin, string last, string help) => Report(
        DiagnosticKinds.LossSide,
        $"""
        '{loss}' takes {needed}, and gets {given}: what flows in ends in '{last}'.
            here flows what comes from {origin}
            help: {help}
        """);

    public void OuterBroadcast(string sign, GraphValue left, GraphValue right, TensorType result) => Report(
        DiagnosticKinds.OuterBroadcast,
        $"""
        '{sign}' combines each element of one side with each of the other: the result is {result}.
            left   {left.Type}   from {left.Origin}
            right  {right.Type}   from {right.Origin}
            help: bring both to one shape, e.g. squeeze(x, -1); if all pairs are meant, say so with unsqueeze
        """);

    public void StaleGraph(string stepped, string through, string? value, int line, int changedLine) => Report(
        DiagnosticKinds.StaleGraph,
        $"""
        The gradient of this loss goes through '{through}' as it was on line {line}, but line {changedLine} has changed its parameters since.
            help: {(value is null ? "compute that once more" : $"compute '{value}' once more")} behind line {changedLine}, put stop(...) around it, or minimise {stepped} before
        """);

    public void NetworksDiffer(string word, string source, string sourceModel, string target, string targetModel, string difference) => Report(
        DiagnosticKinds.NetworksDiffer,
        $"'{word}' needs two networks with the same parameters; '{source}' is a {sourceModel} and '{target}' a {targetModel}: {difference}. Give both the same model.");

    public void NothingMinimized(string objective) => Report(
        DiagnosticKinds.NothingMinimized, $"'{objective}' minimises nothing. Write at its end: minimize network: loss");
}
