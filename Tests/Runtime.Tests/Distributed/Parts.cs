using System.Globalization;
using Dlm.Runtime.Data;
using Dlm.Runtime.Data.Drawn;
using Dlm.Runtime.Display;
using Dlm.Runtime.Distributed;
using Dlm.Runtime.Optimizers;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Dlm.Runtime.Tests.Distributed;

/// <summary>What ranks can be told to do. A rank writes what the test then compares.</summary>
internal static class Parts
{
    public static IReadOnlyDictionary<string, Action<ProcessGroup, string[]>> All { get; } = new Dictionary<string, Action<ProcessGroup, string[]>>
    {
        ["collectives"] = (group, _) => Collectives(group),
        ["failure"] = (group, _) => Failure(group),
        ["train"] = (group, arguments) => Write(SharedRun.Train(group, SharedRun.Plan.From(arguments))),
        ["train for long"] = (group, arguments) => SharedRun.Train(group, new SharedRun.Plan(8, Epochs: 100_000, Folder: arguments[0])),
        ["fail"] = (group, arguments) => SharedRun.Train(group, new SharedRun.Plan(8), new AfterStep((_, progress) =>
        {
            if (progress.Step == 3 && arguments[0] == $"{group.Rank}") throw new InvalidOperationException("the dog ate the data");
        })),
        ["stop"] = (group, _) => Stop(group),
        ["batch norm"] = (group, _) => BatchNorm(group),
        ["two networks"] = (group, _) => Write(SharedGame.Train(group, 8)),
        ["unused"] = (group, _) => Unused(group),
        ["overlap"] = (group, _) => Overlap(group),
        ["other networks"] = (group, _) => OtherNetworks(group),
    };

    private static void Collectives(ProcessGroup group)
    {
        foreach (Reduction reduction in Enum.GetValues<Reduction>())
        {
            using Tensor mine = tensor([1.0, group.Rank, -group.Rank]);
            group.AllReduce(mine, reduction);
            Write($"{reduction}", mine);
        }

        Tensor[] mixed =
        [
            arange(3, dtype: ScalarType.Int64) + group.Rank, full([2, 2], 0.5f + group.Rank), tensor([group.Rank == 0, group.Rank == 1]), zeros([0]),
            full([], 1.5 + group.Rank).to(ScalarType.BFloat16), arange(6, dtype: ScalarType.Float64).reshape(2, 3).t() * (1 + group.Rank),
        ];
        group.Broadcast(mixed, root: 1);
        foreach (Tensor tensor in mixed) Write("broadcast", tensor.to(ScalarType.Float64));
        Write("gathered", group.AllGather(full([2], group.Rank + 1L)));
        group.Barrier();
        Console.WriteLine($"{group.Rank} of {group.Size}, {group.LocalRank} here, {(group.IsFirst ? "first" : "not first")}");
    }

    private static void Failure(ProcessGroup group)
    {
        if (group.Rank == 1)
        {
            group.Announce(new InvalidOperationException("the dog ate the data"));
            return;
        }

        group.Barrier();
    }

    private static void Stop(ProcessGroup group)
    {
        using var network = nn.Linear(784, 10);
        using Sgd optimizer = new(network, 0.1);
        Trainer trainer = new(
            new Supervised(network, batch => network.call(batch.Input.flatten(1)), Losses.CrossEntropy, optimizer),
            new TrainerOptions { Epochs = 9, Distributed = group, Display = new SilentDisplay() });
        trainer.Callbacks.Add(new AfterStep((sender, progress) =>
        {
            if (progress.Step == 5 && group.Rank == 1) sender.Stop();
        }));
        FitResult result = trainer.Fit(new DataLoader(DrawnDigits.Draw(SharedRun.Samples, seed: 1), 8));
        Console.WriteLine($"{result.Reason} {result.Step}");
    }

    private static void BatchNorm(ProcessGroup group)
    {
        manual_seed(group.Rank);
        using nn.Module<Tensor, Tensor> network = NormNet();
        using Sgd optimizer = new(network, 0.1, momentum: 0.9);
        using DataParallel parallel = new(group, network, optimizer);
        for (int step = 0; step < 5; step++)
        {
            parallel.BroadcastBuffers();
            parallel.Backward(NormLoss(network, step, group.Rank));
            optimizer.Step();
            optimizer.ZeroGradients();
        }

        parallel.BroadcastBuffers();
        Write(NormLines(network));
    }

    /// <summary>The same in one process: the mean of the gradients over the shares, and the statistics of the first share.</summary>
    public static string[] BatchNormAlone(int shares)
    {
        manual_seed(0);
        using nn.Module<Tensor, Tensor> network = NormNet();
        using Sgd optimizer = new(network, 0.1, momentum: 0.9);
        for (int step = 0; step < 5; step++)
        {
            (NormLoss(network, step, 0) / shares).backward();
            (Tensor Live, Tensor Kept)[] buffers = [.. network.buffers().Select(buffer => (buffer, buffer.clone()))];
            for (int share = 1; share < shares; share++) (NormLoss(network, step, share) / shares).backward();
            foreach ((Tensor live, Tensor kept) in buffers) live.copy_(kept);
            optimizer.Step();
            optimizer.ZeroGradients();
        }

        return NormLines(network);
    }

    private static nn.Module<Tensor, Tensor> NormNet() =>
        nn.Sequential(("fc1", nn.Linear(5, 8)), ("norm", nn.BatchNorm1d(8)), ("relu", nn.ReLU()), ("fc2", nn.Linear(8, 3)));

    private static Tensor NormLoss(nn.Module<Tensor, Tensor> network, int step, int share)
    {
        Tensor input = (arange(60, dtype: ScalarType.Float32).reshape(12, 5) * (1.3 + step + 0.7 * share)).sin();
        return network.call(input).square().mean();
    }

    private static string[] NormLines(nn.Module<Tensor, Tensor> network) =>
        [.. network.state_dict().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => SharedRun.Line(pair.Key, pair.Value))];

    private static void Unused(ProcessGroup group)
    {
        using ManyParameters network = new();
        using Sgd optimizer = new(network, 1.0);
        using DataParallel parallel = new(group, network, optimizer);
        double mine = group.Rank + 1;
        Tensor loss = (network["both"] * mine).sum() + (network["bfloat16"] * mine).sum().to(ScalarType.Float32);
        parallel.Backward(group.IsFirst ? loss + network["first"].sum() : loss);
        optimizer.ClipGradientNorm(1e9);
        foreach (string name in (string[])["both", "first", "nobody", "bfloat16"]) Console.WriteLine($"{name} {Mean(network[name].grad)}");
        optimizer.Step();
        optimizer.ZeroGradients();

        // Without a word before it, and in two parts: averaged when it is needed.
        (network["both"] * mine).sum().backward();
        (network["both"] * mine).sum().backward();
        optimizer.ClipGradientNorm(1e9);
        Console.WriteLine($"late {Mean(network["both"].grad)}");

        static string Mean(Tensor? gradient) => gradient is null ? "none" : gradient.to(ScalarType.Float64).mean().ToDouble().ToString(CultureInfo.InvariantCulture);
    }

    // After the first step the gradients are views of the buckets already.
    private static void Overlap(ProcessGroup group)
    {
        using nn.Module<Tensor, Tensor> network = nn.Sequential(("fc1", nn.Linear(300, 600)), ("fc2", nn.Linear(600, 600)), ("fc3", nn.Linear(600, 10)));
        using Sgd optimizer = new(network, 1e-3);
        using DataParallel parallel = new(group, network, optimizer);
        for (int step = 0; step < 2; step++)
        {
            optimizer.BeginReduction();
            int before = optimizer.Reduction!.Sent;
            Tensor loss = network.call(ones(2, 300)).mean();
            if (step == 0) loss.backward();
            else loss.backward(inputs: [.. optimizer.Parameters]);
            Console.WriteLine($"{before} of {optimizer.Reduction.Buckets}, {optimizer.Reduction.Sent} after backward");
            optimizer.Step();
            optimizer.ZeroGradients();
        }
    }

    private static void OtherNetworks(ProcessGroup group)
    {
        using var network = nn.Linear(3, 3 + group.Rank);
        using Sgd optimizer = new(network, 1.0);
        using DataParallel parallel = new(group, network, optimizer);
    }

    private static void Write(IEnumerable<string> lines)
    {
        // In one piece, for a launcher's processes write to one pipe.
        Console.Out.Write(string.Join('\n', lines) + "\n");
        Console.Out.Flush();
    }

    private static void Write(string what, Tensor tensor) =>
        Console.WriteLine($"{what} [{string.Join(", ", tensor.shape)}] {string.Join(' ', tensor.to(ScalarType.Float64).contiguous().data<double>().ToArray())}");
}

/// <summary>Parameters by name.</summary>
internal sealed class ManyParameters : nn.Module
{
    public ManyParameters()
        : base(nameof(ManyParameters))
    {
        foreach (string name in (string[])["both", "first", "nobody"]) register_parameter(name, nn.Parameter(ones(3)));
        register_parameter("bfloat16", nn.Parameter(ones(3, dtype: ScalarType.BFloat16)));
    }

    public Parameter this[string name] => get_parameter(name)!;

    protected override void RegisterComponents()
    {
    }
}
