using System.Globalization;
using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Data;
using static TorchSharp.torch;

namespace Dlm.Runtime.Training;

/// <summary>What was measured during a training run, kept in its checkpoints as well.</summary>
/// <param name="lossNames">The names of the losses.</param>
/// <param name="optimizerNames">The names of the optimizers, whose rates are kept; none where they are not.</param>
public sealed class TrainingHistory(IReadOnlyList<string> lossNames, IReadOnlyList<string>? optimizerNames = null)
{
    private const string Key = "history";
    private readonly List<EpochSummary> _epochs = [];
    private readonly List<Evaluation> _evaluations = [];
    private readonly List<(long Batches, int Epoch)> _steps = []; // how many batches had been made after each, and its epoch
    private readonly List<double> _rates = []; // of each step those of all optimizers
    private long _batches;

    /// <summary>The names of the losses.</summary>
    public IReadOnlyList<string> LossNames => lossNames;

    /// <summary>The names of the optimizers.</summary>
    public IReadOnlyList<string> OptimizerNames { get; } = optimizerNames ?? [];

    /// <summary>The finished epochs.</summary>
    public IReadOnlyList<EpochSummary> Epochs => _epochs;

    /// <summary>The validations, in epochs and at their ends.</summary>
    public IReadOnlyList<Evaluation> Evaluations => _evaluations;

    /// <summary>How many batches an epoch had.</summary>
    public long BatchesPerEpoch { get; internal set; }

    /// <summary>How many batches share an update.</summary>
    internal int BatchesPerStep { get; init; } = 1;

    /// <summary>How many steps an epoch has.</summary>
    internal long StepsPerEpoch => (BatchesPerEpoch + BatchesPerStep - 1) / BatchesPerStep;

    /// <summary>The losses of every batch, as far as read back: all of the first batch, then all of the second.</summary>
    internal List<double> Record { get; } = [];

    /// <summary>One loss, batch by batch.</summary>
    /// <param name="name">Its name; without one, the first.</param>
    public double[] Losses(string? name = null)
    {
        int index = name is null ? 0 : lossNames.ToList().IndexOf(name);
        if (index < 0) throw new KeyNotFoundException($"There is no loss '{name}', only {string.Join(", ", lossNames)}.");
        double[] losses = new double[Record.Count / lossNames.Count];
        for (int i = 0; i < losses.Length; i++) losses[i] = Record[i * lossNames.Count + index];
        return losses;
    }

    /// <summary>The steps whose losses have been read back, those up to <paramref name="after"/> left out.</summary>
    public IEnumerable<TrainingStep> Steps(long after = 0)
    {
        (int losses, int optimizers) = (lossNames.Count, OptimizerNames.Count);
        for (int step = (int)after; step < _steps.Count; step++)
        {
            long first = step == 0 ? 0 : _steps[step - 1].Batches, end = _steps[step].Batches;
            if (end * losses > Record.Count) yield break;
            double[] means = new double[losses];
            for (long batch = first; batch < end; batch++)
            {
                for (int n = 0; n < losses; n++) means[n] += Record[(int)(batch * losses + n)] / (end - first);
            }

            yield return new TrainingStep(step + 1, _steps[step].Epoch, means, _rates.GetRange(step * optimizers, optimizers));
        }
    }

    /// <summary>How many epochs had gone by after a step: 2.5 in the middle of the third.</summary>
    internal double EpochsAt(long step)
    {
        EpochSummary? before = _epochs.FindLast(epoch => epoch.Step < step), within = _epochs.Find(epoch => epoch.Step >= step);
        (long start, int done) = (before?.Step ?? 0, before?.Epoch ?? 0);
        long end = within?.Step ?? start + StepsPerEpoch;
        return done + (step - start) / (double)Math.Max(1, end - start);
    }

    /// <summary>Takes note of a batch.</summary>
    internal void BatchMade() => _batches++;

    /// <summary>Takes note of a step, to which all batches since the last one belong.</summary>
    internal void StepMade(int epoch, IEnumerable<double> rates)
    {
        _steps.Add((_batches, epoch));
        _rates.AddRange(rates);
    }

    /// <summary>The best validation, the first of several that are equal: what was learnt later has not helped. Null where none gave a number.</summary>
    internal Evaluation? Best(ScoreOrder order)
    {
        Evaluation? best = null;
        foreach (Evaluation evaluation in _evaluations)
        {
            if (order.IsBetter(evaluation.Scores[order.Name], best?.Scores[order.Name] ?? double.NaN)) best = evaluation;
        }

        return best;
    }

    internal void Add(EpochSummary epoch) => _epochs.Add(epoch);

    internal void Add(Evaluation evaluation) => _evaluations.Add(evaluation);

    internal void Save(CheckpointState state)
    {
        using Tensor record = tensor(Record.ToArray(), dtype: ScalarType.Float64);
        state.Add($"{Key}/losses", record);
        using Tensor steps = tensor(_steps.SelectMany(step => (long[])[step.Batches, step.Epoch]).ToArray(), dtype: ScalarType.Int64);
        state.Add($"{Key}/steps", steps);
        using Tensor rates = tensor(_rates.ToArray(), dtype: ScalarType.Float64);
        state.Add($"{Key}/rates", rates);
        state.Set($"{Key}/epochs", _epochs.Count);
        for (int i = 0; i < _epochs.Count; i++)
        {
            EpochSummary epoch = _epochs[i];
            string key = string.Create(CultureInfo.InvariantCulture, $"{Key}/{i}");
            state.Set($"{key}/epoch", epoch.Epoch);
            state.Set($"{key}/step", epoch.Step);
            state.Set($"{key}/rate", epoch.SamplesPerSecond);
            state.Set($"{key}/data", epoch.DataShare);
            state.Set($"{key}/seconds", epoch.Duration.TotalSeconds);
            foreach (Score score in epoch.Training) state.Set($"{key}/training/{score.Name}", score.Value);
        }

        state.Set($"{Key}/evaluations", _evaluations.Count);
        for (int i = 0; i < _evaluations.Count; i++)
        {
            string key = EvaluationKey(i);
            state.Set($"{key}/epoch", _evaluations[i].Epoch);
            state.Set($"{key}/step", _evaluations[i].Step);
            foreach (Score score in _evaluations[i].Scores) state.Set($"{key}/scores/{score.Name}", score.Value);
        }
    }

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    /// <param name="state">Where it was written to.</param>
    /// <param name="pattern">The scores of this run, whatever their values.</param>
    internal void Load(CheckpointState state, IReadOnlyList<Score> pattern)
    {
        Record.Clear();
        Record.AddRange(state.Tensor($"{Key}/losses").ToArray<double>());
        _batches = Record.Count / lossNames.Count;
        _steps.Clear();
        _steps.AddRange(state.Tensor($"{Key}/steps").ToArray<long>().Chunk(2).Select(step => (step[0], (int)step[1])));
        _rates.Clear();
        _rates.AddRange(state.Tensor($"{Key}/rates").ToArray<double>());
        _evaluations.Clear();
        for (long i = 0; i < state.Integer($"{Key}/evaluations"); i++)
        {
            string key = EvaluationKey(i);
            _evaluations.Add(new Evaluation((int)state.Integer($"{key}/epoch"), state.Integer($"{key}/step"), Read($"{key}/scores")));
        }

        _epochs.Clear();
        for (long i = 0; i < state.Integer($"{Key}/epochs"); i++)
        {
            string key = string.Create(CultureInfo.InvariantCulture, $"{Key}/{i}");
            long step = state.Integer($"{key}/step");
            _epochs.Add(new EpochSummary(
                (int)state.Integer($"{key}/epoch"),
                step,
                Read($"{key}/training"),
                _evaluations.Find(evaluation => evaluation.Step == step)?.Scores,
                state.Number($"{key}/rate"),
                state.Number($"{key}/data"),
                TimeSpan.FromSeconds(state.Number($"{key}/seconds"))));
        }

        Scores Read(string key) => new(from score in pattern where state.Has($"{key}/{score.Name}") select score with { Value = state.Number($"{key}/{score.Name}") });
    }

    private static string EvaluationKey(long index) => string.Create(CultureInfo.InvariantCulture, $"{Key}/evaluation/{index}");
}
