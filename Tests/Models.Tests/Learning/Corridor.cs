using System.Globalization;
using Dlm.Runtime.Reinforcement;

namespace Dlm.Models.Tests.Learning;

/// <summary>Six places in a row, of which the last pays: whoever goes right five times within eight steps gets there, by chance one in seven.</summary>
internal sealed class Corridor : IEnvironment
{
    public const int Places = 6;
    private const int Longest = 8;

    private int _place, _steps;

    public IReadOnlyList<int> ObservationShape { get; } = [Places];

    public int Actions => 2;

    public string State
    {
        get => string.Create(CultureInfo.InvariantCulture, $"{_place} {_steps}");
        set
        {
            var words = value.Split(' ');
            (_place, _steps) = (int.Parse(words[0], CultureInfo.InvariantCulture), int.Parse(words[1], CultureInfo.InvariantCulture));
        }
    }

    public void Reset() => (_place, _steps) = (0, 0);

    public StepResult Step(int action)
    {
        _place = Math.Max(0, _place + (action == 1 ? 1 : -1));
        var isThere = _place == Places - 1;
        return new StepResult(isThere ? 1 : 0, isThere, !isThere && ++_steps == Longest);
    }

    public void Observe(Span<float> target)
    {
        target.Clear();
        target[_place] = 1;
    }
}
