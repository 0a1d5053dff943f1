using System.Globalization;
using Dlm.Runtime.Data;

namespace Dlm.Runtime.Reinforcement;

/// <summary>
/// A pole on a cart that is pushed to the left (0) or right (1), with a reward of 1 for each step until it falls (Barto, Sutton and Anderson, 1983).
/// The dynamics and limits are those of Gymnasium's <c>CartPole-v1</c>.
/// </summary>
/// <remarks>What is seen, [4]: the cart's place and speed, the pole's angle and angular speed.</remarks>
/// <param name="seed">The same seed begins the same episodes.</param>
/// <param name="longest">After how many steps the time is up.</param>
public sealed class CartPole(ulong seed, int longest = 500) : IEnvironment
{
    private const double Gravity = 9.8, CartMass = 1, PoleMass = 0.1, HalfLength = 0.5, Force = 10, Tick = 0.02;
    private const double TotalMass = CartMass + PoleMass, PoleMoment = PoleMass * HalfLength;
    private const double FarthestPlace = 2.4, LargestAngle = 12 * 2 * Math.PI / 360, Start = 0.05;

    private readonly RandomStream _random = new(seed);
    private double _place, _speed, _angle, _turning;
    private Episode _episode;

    /// <inheritdoc/>
    public IReadOnlyList<int> ObservationShape { get; } = [4];

    /// <inheritdoc/>
    public int Actions => 2;

    /// <inheritdoc/>
    public string State
    {
        get => string.Create(CultureInfo.InvariantCulture, $"{_random.State} {_episode.IsRunning} {_episode.Steps} {_place:R} {_speed:R} {_angle:R} {_turning:R}");
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            string[] words = value.Split(' ');
            if (words.Length != 7) throw new FormatException("A cart pole's state has seven words.");
            double[] numbers = [.. words[3..].Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
            _episode = new Episode { IsRunning = bool.Parse(words[1]), Steps = int.Parse(words[2], CultureInfo.InvariantCulture) };
            _random.State = words[0];
            SetMotion(numbers[0], numbers[1], numbers[2], numbers[3]);
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        SetMotion(Chance(), Chance(), Chance(), Chance());
        _episode = new Episode { IsRunning = true };

        double Chance() => _random.NextDouble(-Start, Start);
    }

    /// <inheritdoc/>
    public StepResult Step(int action)
    {
        _episode.Require(action, Actions);
        double sine = Math.Sin(_angle), cosine = Math.Cos(_angle);
        double pushed = ((action == 1 ? Force : -Force) + PoleMoment * (_turning * _turning) * sine) / TotalMass;
        double turned = (Gravity * sine - cosine * pushed) / (HalfLength * (4.0 / 3 - PoleMass * (cosine * cosine) / TotalMass));
        double moved = pushed - PoleMoment * turned * cosine / TotalMass;

        // Explicit Euler: places move on by the speeds of before.
        SetMotion(_place + Tick * _speed, _speed + Tick * moved, _angle + Tick * _turning, _turning + Tick * turned);
        bool fallen = Math.Abs(_place) > FarthestPlace || Math.Abs(_angle) > LargestAngle, late = ++_episode.Steps >= longest;
        _episode.IsRunning = !fallen && !late;
        return new StepResult(1, fallen, late);
    }

    /// <inheritdoc/>
    public void Observe(Span<float> target)
    {
        (target[0], target[1], target[2], target[3]) = ((float)_place, (float)_speed, (float)_angle, (float)_turning);
    }

    internal void SetMotion(double place, double speed, double angle, double turning) => (_place, _speed, _angle, _turning) = (place, speed, angle, turning);
}
