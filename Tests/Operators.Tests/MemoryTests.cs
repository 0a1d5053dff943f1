using static TorchSharp.torch;

namespace Dlm.Operators.Tests;

/// <summary>What the table says of an operator's memory is true: whether it shares its input's, and whether its gradient needs its output.</summary>
public sealed class MemoryTests(DrawnTable table)
{
    private const int Calls = 40;

    // What the kernels of other devices save, this machine does not show: cuDNN's keep their output.
    private static readonly string[] SavedElsewhere = ["lstm", "gru", "rnn", "lstm_cell", "gru_cell"];

    public static TheoryData<string> Operators => AgreementTests.Operators;

    [Theory]
    [MemberData(nameof(Operators))]
    public void OnlyViewsShareTheirInputsMemory(string name)
    {
        var calls = CallsOf(name);
        var sharing = calls.Where(Shares).Select(v => v.Draw).ToArray();
        if (!calls[0].Draw.Row.IsView) Assert.True(sharing.Length == 0, $"the row does not say that it is a view:\n{string.Join<Draw>("\n", sharing.Take(5))}");
        else Assert.True(sharing.Length > 0, "the row says that it is a view; no drawn call is one");
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void WhatDoesNotSaveItsOutputMayBeOverwritten(string name)
    {
        var calls = CallsOf(name);
        if (calls[0].Draw.Row.IsView) return;
        var saving = calls.Where(SavesOutput).Select(v => v.Draw).ToArray();
        if (!calls[0].Draw.Row.SavesOutput) Assert.True(saving.Length == 0, $"the row does not say that it saves its output:\n{string.Join<Draw>("\n", saving.Take(5))}");
        else if (!SavedElsewhere.Contains(name)) Assert.True(saving.Length > 0, "the row says that it saves its output; no drawn call does");
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void WhatIsDoneInPlaceIsTheSame(string name)
    {
        var calls = CallsOf(name);
        if (calls[0].Draw.Row.InPlaceMethod is not { } method) return;
        foreach (var call in calls.Where(c => c.Draw.Tensors.Count == 1))
        {
            using var scope = NewDisposeScope();
            var inputs = Libtorch.Inputs(call.Draw);
            var expected = Libtorch.Outputs(Run(call, inputs))[0];
            var inPlace = typeof(Tensor).GetMethod(method, [])?.Invoke(inputs[0], []);
            Assert.True(inPlace is not null && inputs[0].allclose(expected), $"{method} of {call.Draw}");
        }
    }

    private Verdict[] CallsOf(string name) => [.. table.Of(name).Where(v => v.Outputs is not null && !Writes(v.Draw)).Take(Calls)];

    // What an operator says it writes into is no longer what it was.
    private static bool Writes(Draw draw) => draw.Tensors.Where((tensor, i) => tensor is not null && i < draw.Row.Ports.Count && draw.Row.Ports[i].IsWritten).Any();

    // What overwrites an output overwrites the input that it shares its memory with.
    private bool Shares(Verdict call)
    {
        using var scope = NewDisposeScope();
        using var mode = no_grad();
        var inputs = Libtorch.Inputs(call.Draw);
        var before = inputs.Select(input => input.clone()).ToArray();
        foreach (var output in Libtorch.Outputs(Run(call, inputs)).Where(o => o.numel() > 0)) output.as_strided([1], [1], output.storage_offset()).logical_not_();
        return inputs.Zip(before).Any(pair => pair.First.ne(pair.Second).any().item<bool>());
    }

    private bool SavesOutput(Verdict call)
    {
        using var scope = NewDisposeScope();
        var inputs = Libtorch.Inputs(call.Draw);
        foreach (var input in inputs.Where(input => input.is_floating_point())) input.requires_grad_();
        Tensor[] outputs;
        try
        {
            outputs = Libtorch.Outputs(Run(call, inputs));
        }
        catch (Exception exception) when (exception.Message.Contains("not differentiable with respect to argument", StringComparison.Ordinal))
        {
            // A weight or a target: what is predicted comes first.
            foreach (var input in inputs.Skip(1)) input.requires_grad_(false);
            outputs = Libtorch.Outputs(Run(call, inputs));
        }
        outputs = outputs.Where(o => o.requires_grad).ToArray();
        if (outputs.Length == 0) return false;
        using (no_grad())
        {
            foreach (var output in outputs) output.zero_();
        }
        try
        {
            outputs.Select(o => o.sum()).Aggregate((a, b) => a + b).backward();
            return false;
        }
        catch (Exception exception) when (exception.Message.Contains("modified by an inplace operation", StringComparison.Ordinal))
        {
            return true;
        }
        // The variance of a single value has no gradient, and libtorch no word for that.
        catch (Exception exception) when (exception.Message.Contains("returned an invalid gradient", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private object Run(Verdict call, Tensor[] inputs)
    {
        var form = call.Form!;
        // In use, because some layers take no single element while training.
        return table.Forms.MethodOf(form.Code)(inputs, form.Values, false, layer => Libtorch.Prepare(layer, call.Draw, false));
    }
}
