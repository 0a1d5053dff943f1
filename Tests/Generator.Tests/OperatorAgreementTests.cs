using Dlm.Dsl.Operators;
using Dlm.Generator.Tests.Harness;
using static TorchSharp.torch;

namespace Dlm.Generator.Tests;

/// <summary>What the compiler predicts of every operator is what libtorch does, on inputs and arguments drawn from a fixed seed.</summary>
public sealed class OperatorAgreementTests(OperatorAgreementTests.Drawn drawn) : IClassFixture<OperatorAgreementTests.Drawn>
{
    public static TheoryData<string> Operators => new(OperatorTable.All.Select(row => row.Name));

    [Theory]
    [MemberData(nameof(Operators))]
    public void ItsOutputIsWhatTheCompilerPredicts(string name)
    {
        var cases = drawn.Cases[name];
        Assert.True(cases.Count >= OperatorDraw.Wanted(OperatorTable.Find(name)!) / 2, $"only {cases.Count} drawn calls of '{name}' are accepted");
        var disagreements = cases.Select(Disagreement).Where(text => text.Length > 0).ToArray();
        Assert.True(disagreements.Length == 0, string.Join("\n", disagreements));
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void WhatOverwritesItsOutputLeavesItsGradient(string name)
    {
        // Relu runs in place wherever the table says that nothing else needs the tensor.
        foreach (var call in drawn.Cases[name].Where(call => call.Followed is not null))
        {
            using var scope = NewDisposeScope();
            var module = Create(call.Followed!);
            var input = Input(call);
            if (input.is_floating_point()) input.requires_grad_();
            module.call(input).sum().backward();
            if (input.is_floating_point()) Assert.True(input.grad is not null, call.Text);
        }
    }

    private string Disagreement(OperatorDraw.Call call)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        try
        {
            var module = Create(call.Name);
            var output = module.call(Input(call));
            var state = module.state_dict().Select(entry => $"{entry.Key} {Shown(entry.Value)}").Order(StringComparer.Ordinal);
            var (actual, predicted) = ($"{output.dtype} {Shown(output)}", $"{OperatorDraw.Scalar(call.Output.Element)} [{string.Join(", ", call.Output.Dims)}]");
            var (keys, promised) = (string.Join(", ", state), string.Join(", ", call.State.Order(StringComparer.Ordinal)));
            return actual == predicted && keys == promised ? "" : $"{call.Text}\n  predicted {predicted}; {promised}\n  libtorch  {actual}; {keys}";
        }
#pragma warning disable CA1031 // Whatever libtorch throws is what it says of a call that the compiler accepts.
        catch (Exception exception)
        {
            return $"{call.Text}\n  libtorch: {exception.Message.Split('\n')[0]}";
        }
#pragma warning restore CA1031
    }

    private static string Shown(Tensor tensor) => $"[{string.Join(", ", tensor.shape)}]";

    // Indices are small wherever they point.
    private static Tensor Input(OperatorDraw.Call call) =>
        call.Element is Dsl.Shapes.ElementType.Int ? zeros(call.Shape, ScalarType.Int64) : ones(call.Shape, OperatorDraw.Scalar(call.Element));

    private nn.Module<Tensor, Tensor> Create(string name) => (nn.Module<Tensor, Tensor>)drawn.Assembly.Create($"Drawn.{name}");

    /// <summary>The calls of all operators, each a model, compiled once into one assembly.</summary>
    public sealed class Drawn : IDisposable
    {
        public Drawn()
        {
            Cases = OperatorTable.All.ToDictionary(row => row.Name, row => OperatorDraw.Draw(row));
            var models = Cases.Values.SelectMany(calls => calls).SelectMany(call => call.Sources);
            Assembly = GeneratedAssembly.Compile(("drawn.dlm", "namespace Drawn\n" + string.Concat(models)));
        }

        internal IReadOnlyDictionary<string, IReadOnlyList<OperatorDraw.Call>> Cases { get; }

        internal GeneratedAssembly Assembly { get; }

        public void Dispose() => Assembly.Dispose();
    }
}
