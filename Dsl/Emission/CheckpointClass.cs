using Dlm.Dsl.Elaboration;

namespace Dlm.Dsl.Emission;

/// <summary>The class that a generated file declares for itself where it has a <c>checkpoint</c>.</summary>
internal static class CheckpointClass
{
    /// <summary>The class; a file-local type stands before any other of this name.</summary>
    public const string Name = "DlmCheckpoint";

    // A gradient is that of a second run of the stages, on the tensors that were saved, with chance in the state it had. The buffers
    // that the stages change, such as running means, are changed by the first run alone.
    private const string Source = """
        /// <summary>Runs stages and forgets what they compute; the backward pass runs them once more.</summary>
        file sealed class DlmCheckpoint : TORCH.autograd.MultiTensorFunction<DlmCheckpoint>
        {
            [global::System.ThreadStatic]
            private static global::System.Collections.Generic.List<TENSOR>? returned;

            public override string Name => "checkpoint";

            /// <summary>Runs the stages; gradients reach the inputs, the modules' parameters and the module's own.</summary>
            public static TENSOR[] Run(TENSOR?[] inputs, TORCH.nn.Module?[] modules, TENSOR?[] own, global::System.Func<TENSOR[], TENSOR[]> stages)
            {
                if (!TORCH.is_grad_enabled()) return stages(inputs!);
                var run = new Stages(inputs.Length, modules, stages);
                var arguments = new global::System.Collections.Generic.List<object?> { run };
                arguments.AddRange(inputs);
                foreach (var module in modules)
                {
                    if (module is not null) arguments.AddRange(module.parameters());
                }
                arguments.AddRange(own);
                var results = apply(arguments.ToArray()!).ToArray();
                // What autograd returned are tensors of its own over the same memory.
                foreach (var result in run.Results) result.Dispose();
                run.Results = global::System.Array.Empty<TENSOR>();
                return results;
            }

            public override global::System.Collections.Generic.List<TENSOR> forward(TORCH.autograd.AutogradContext ctx, params object[] vars)
            {
                var run = (Stages)vars[0];
                using var chance = TORCH.get_rng_state();
                var kept = new global::System.Collections.Generic.List<TENSOR> { chance };
                foreach (var tensor in global::System.Linq.Enumerable.Skip(vars, 1)) kept.Add((TENSOR)tensor);
                ctx.save_for_backward(kept);
                ctx.save_data("stages", run);
                if (kept.Exists(t => t is not null && t.device_type == global::TorchSharp.DeviceType.CUDA))
                {
                    // The state of a CUDA generator cannot be read: it begins anew from a number that can be given again.
                    using var seed = TORCH.randint(long.MaxValue, new long[] { 1 }, dtype: TORCH.int64);
                    run.Seed = seed.item<long>();
                    TORCH.cuda.manual_seed_all(run.Seed.Value);
                }
                run.Results = run.Run(kept.GetRange(1, run.InputCount).ToArray());
                return new global::System.Collections.Generic.List<TENSOR>(run.Results);
            }

            public override global::System.Collections.Generic.List<TENSOR> backward(TORCH.autograd.AutogradContext ctx, global::System.Collections.Generic.List<TENSOR> grad_outputs)
            {
                var run = (Stages)ctx.get_data("stages");
                if (TORCH.is_grad_enabled()) throw new global::System.NotSupportedException("A checkpoint gives no gradients of gradients: take 'checkpoint' away from what needs them.");
                using var scope = TORCH.NewDisposeScope();
                var kept = ctx.get_saved_variables();
                var buffers = new global::System.Collections.Generic.List<(TENSOR Now, TENSOR Before)>();
                TENSOR chance;
                using (TORCH.no_grad())
                {
                    chance = TORCH.get_rng_state();
                    foreach (var module in run.Modules)
                    {
                        if (module is null) continue;
                        foreach (var buffer in module.buffers()) buffers.Add((buffer, buffer.clone()));
                    }
                }
                var gradients = new TENSOR?[kept.Count];
                try
                {
                    TORCH.set_rng_state(kept[0]);
                    if (run.Seed is { } seed) TORCH.cuda.manual_seed_all(seed);
                    using (TORCH.enable_grad()) Differentiate(run, kept, grad_outputs, gradients);
                }
                finally
                {
                    TORCH.set_rng_state(chance);
                    if (run.Seed is { } seed) TORCH.cuda.manual_seed_all(~seed & long.MaxValue);
                    using (TORCH.no_grad())
                    {
                        foreach (var (now, before) in buffers) now.copy_(before);
                    }
                }
                foreach (var gradient in grad_outputs) gradient?.Dispose();
                // Autograd reads the gradients after the return; until then they must live.
                foreach (var earlier in returned ?? new()) earlier.Dispose();
                returned = new();
                foreach (var gradient in gradients)
                {
                    if (gradient is not null) returned.Add(gradient.DetachFromDisposeScope());
                }
                return new global::System.Collections.Generic.List<TENSOR>(gradients!);
            }

            private static void Differentiate(
                Stages run, global::System.Collections.Generic.List<TENSOR> kept, global::System.Collections.Generic.List<TENSOR> grad_outputs, TENSOR?[] gradients)
            {
                // The inputs are cut off from what they come from, which may have used the same parameters.
                for (var i = 1; i <= run.InputCount; i++)
                {
                    if (kept[i] is { IsInvalid: false } input) kept[i] = input.detach().requires_grad_(input.requires_grad);
                }
                var results = run.Run(kept.GetRange(1, run.InputCount).ToArray());
                var outputs = new global::System.Collections.Generic.List<TENSOR>();
                var outer = new global::System.Collections.Generic.List<TENSOR>();
                for (var i = 0; i < results.Length; i++)
                {
                    if (!results[i].requires_grad || grad_outputs[i] is not { IsInvalid: false }) continue;
                    outputs.Add(results[i]);
                    outer.Add(grad_outputs[i]);
                }
                var places = new global::System.Collections.Generic.List<int>();
                for (var i = 1; i < kept.Count; i++)
                {
                    if (kept[i] is { IsInvalid: false, requires_grad: true }) places.Add(i);
                }
                if (outputs.Count == 0 || places.Count == 0) return;
                var found = TORCH.autograd.grad(outputs, places.ConvertAll(i => kept[i]), outer, allow_unused: true);
                for (var i = 0; i < places.Count; i++) gradients[places[i]] = found[i] is { IsInvalid: false } gradient ? gradient : null;
            }

            private sealed class Stages
            {
                public Stages(int inputCount, TORCH.nn.Module?[] modules, global::System.Func<TENSOR[], TENSOR[]> run)
                {
                    InputCount = inputCount;
                    Modules = modules;
                    Run = run;
                }

                public int InputCount { get; }

                public TORCH.nn.Module?[] Modules { get; }

                public global::System.Func<TENSOR[], TENSOR[]> Run { get; }

                public TENSOR[] Results { get; set; } = global::System.Array.Empty<TENSOR>();

                public long? Seed { get; set; }
            }
        }
        """;

    /// <summary>Writes it where one of the classes needs it.</summary>
    public static void Write(IndentedWriter writer, IEnumerable<ElaboratedBlock> blocks)
    {
        if (!blocks.SelectMany(b => b.Body.AllNodes()).Any(n => n is CheckpointNode or RepeatNode { IsCheckpointed: true })) return;
        writer.Line();
        foreach (var line in Source.Split('\n')) writer.Line(line.TrimEnd().Replace("TORCH", CSharpNames.Torch).Replace("TENSOR", CSharpNames.Tensor));
    }
}
