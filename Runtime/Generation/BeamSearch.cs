using TorchSharp;
using static TorchSharp.torch;

namespace Dlm.Runtime.Generation;

/// <summary>
/// The likeliest ways to go on that are found when only the best so far are followed, as many as the beam is wide. Longer ones are not held back by their
/// length: what is ranked is the log-probability over ((5 + length) / 6)^alpha (Wu et al., 2016, section 7).
/// </summary>
public sealed class BeamSearch
{
    private readonly int _width;
    private readonly double _alpha;
    private readonly long? _end;

    /// <summary>A search.</summary>
    /// <param name="width">How many ways are followed at a time.</param>
    /// <param name="lengthPenalty">Alpha: 0 ranks by probability alone.</param>
    /// <param name="end">The token that ends a text; none does, if null.</param>
    public BeamSearch(int width, double lengthPenalty = 0, long? end = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (!(lengthPenalty >= 0)) throw new ArgumentOutOfRangeException(nameof(lengthPenalty), lengthPenalty, "A length penalty is 0 or more.");
        (_width, _alpha, _end) = (width, lengthPenalty, end);
    }

    private sealed record Beam(long[] Tokens, double LogProbability);

    /// <summary>Searches.</summary>
    /// <param name="decoder">The network; what it has read is forgotten first.</param>
    /// <param name="prompt">How the text begins: int64 [1, T].</param>
    /// <param name="count">The most tokens to add; at least 1.</param>
    /// <returns>At most as many hypotheses as the beam is wide, the best first.</returns>
    public IReadOnlyList<Hypothesis> Search(IDecoder decoder, Tensor prompt, long count)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (prompt.shape is not [1, _]) throw new ArgumentException($"Beam search goes on with one text, int64 [1, T], but this is [{string.Join(", ", prompt.shape)}].", nameof(prompt));
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        decoder.Reset();
        // The last token is not read: nothing is asked of what would follow it.
        long length = Math.Min(count, decoder.Capacity - prompt.shape[1] + 1);
        List<Beam> beams = [new([], 0)];
        List<Hypothesis> found = [];
        Tensor logits = decoder.Read(prompt);
        for (long step = 1; ; step++)
        {
            (List<Beam> next, List<long> parents) = Extend(beams, logits, found);
            beams = next;
            if (beams.Count == 0 || step == length || CannotImprove(beams[0], found, length)) break;
            using DisposeScope inner = NewDisposeScope();
            decoder.Select(tensor(parents.ToArray(), device: prompt.device));
            logits = decoder.Read(tensor(beams.Select(beam => beam.Tokens[^1]).ToArray(), device: prompt.device).unsqueeze(1)).MoveToOuterDisposeScope();
        }
        found.AddRange(beams.Select(beam => new Hypothesis(beam.Tokens, beam.LogProbability, Score(beam.LogProbability, beam.Tokens.Length), false)));
        return [.. found.OrderByDescending(hypothesis => hypothesis.Score).Take(_width)];
    }

    private (List<Beam> Next, List<long> Parents) Extend(List<Beam> beams, Tensor logits, List<Hypothesis> found)
    {
        using DisposeScope scope = NewDisposeScope();
        long vocabulary = logits.shape[1];
        Tensor chances = logits.log_softmax(1).to_type(ScalarType.Float64) + tensor(beams.Select(beam => beam.LogProbability).ToArray(), device: logits.device).unsqueeze(1);
        // A beam ends in one way at most, so that with twice the width there are always enough that go on.
        (Tensor values, Tensor places) = chances.flatten().topk((int)Math.Min(2L * _width, beams.Count * vocabulary), 0);
        (double[] scores, long[] at) = (values.cpu().data<double>().ToArray(), places.cpu().data<long>().ToArray());
        (List<Beam> next, List<long> parents) = ([], []);
        for (int i = 0; i < at.Length && next.Count < _width; i++)
        {
            (long parent, long token) = Math.DivRem(at[i], vocabulary);
            long[] tokens = beams[(int)parent].Tokens;
            if (token == _end)
            {
                if (i < _width) found.Add(new Hypothesis(tokens, scores[i], Score(scores[i], tokens.Length + 1), true));
                continue;
            }
            next.Add(new Beam([.. tokens, token], scores[i]));
            parents.Add(parent);
        }
        return (next, parents);
    }

    // A longer text is never likelier; at best its penalty grows to that of the longest.
    private bool CannotImprove(Beam best, List<Hypothesis> found, long length) =>
        found.Count >= _width && found.OrderByDescending(hypothesis => hypothesis.Score).ElementAt(_width - 1).Score >= Score(best.LogProbability, length);

    private double Score(double logProbability, long length) => logProbability / Math.Pow((5 + length) / 6.0, _alpha);
}
