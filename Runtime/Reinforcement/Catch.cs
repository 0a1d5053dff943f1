using System.Globalization;
using Dlm.Runtime.Data;

namespace Dlm.Runtime.Reinforcement;

/// <summary>
/// A game on pixels: a ball falls from the top, and a paddle at the bottom moves left (0), stays (1) or moves right (2). The reward is 1 when the ball
/// is caught and -1 when it is not, at the end of the episode. The rules are bsuite's (Osband et al., 2020; after Mnih et al., 2014).
/// </summary>
/// <remarks>What is seen, [1, rows * scale, columns * scale]: 1 where the ball or the paddle is, 0 elsewhere.</remarks>
public sealed class Catch : IEnvironment
{
    private readonly RandomStream _random;
    private readonly int _rows, _columns, _scale;
    private int _ball, _row, _paddle;
    private Episode _episode;

    /// <summary>Builds the court.</summary>
    /// <param name="seed">The same seed drops the same balls.</param>
    /// <param name="rows">How high it is; an episode has one step less.</param>
    /// <param name="columns">How wide.</param>
    /// <param name="scale">How many pixels, down and across, a place takes.</param>
    public Catch(ulong seed, int rows = 10, int columns = 5, int scale = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(scale, 1);
        (_random, _rows, _columns, _scale) = (new RandomStream(seed), rows, columns, scale);
        ObservationShape = [1, rows * scale, columns * scale];
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> ObservationShape { get; }

    /// <inheritdoc/>
    public int Actions => 3;

    /// <inheritdoc/>
    public string State
    {
        get => string.Create(CultureInfo.InvariantCulture, $"{_random.State} {_episode.IsRunning} {_ball} {_row} {_paddle}");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            string[] words = value.Split(' ');
            if (words.Length != 5) throw new FormatException("A court's state has five words.");
            int[] numbers = [.. words[2..].Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
            bool fits = numbers[0] >= 0 && numbers[0] < _columns && numbers[1] >= 0 && numbers[1] < _rows && numbers[2] >= 0 && numbers[2] < _columns;
            if (!fits) throw new FormatException($"The state belongs to a court other than {_rows} x {_columns}.");
            _episode = new Episode { IsRunning = bool.Parse(words[1]), Steps = numbers[1] };
            _random.State = words[0];
            (_ball, _row, _paddle) = (numbers[0], numbers[1], numbers[2]);
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        (_ball, _row, _paddle) = ((int)_random.NextInt64(_columns), 0, _columns / 2);
        _episode = new Episode { IsRunning = true };
    }

    /// <inheritdoc/>
    public StepResult Step(int action)
    {
        _episode.Require(action, Actions);
        _paddle = Math.Clamp(_paddle + action - 1, 0, _columns - 1);
        _row++;
        _episode.IsRunning = _row < _rows - 1;
        return new StepResult(_episode.IsRunning ? 0 : _paddle == _ball ? 1 : -1, !_episode.IsRunning, false);
    }

    /// <inheritdoc/>
    public void Observe(Span<float> target)
    {
        target.Clear();
        Draw(target, _row, _ball);
        Draw(target, _rows - 1, _paddle);
    }

    private void Draw(Span<float> target, int row, int column)
    {
        for (int y = row * _scale; y < (row + 1) * _scale; y++) target.Slice(y * _columns * _scale + column * _scale, _scale).Fill(1);
    }
}
