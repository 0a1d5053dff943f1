using Dlm.Runtime.Checkpoints;
using Dlm.Runtime.Schedules;
using Dlm.Runtime.Tests.Training;
using Dlm.Runtime.Training;

namespace Dlm.Runtime.Tests.Schedules;

/// <summary>Every schedule against torch.optim.lr_scheduler or its paper's formula, and the trainer that follows them.</summary>
public sealed class ScheduleTests : IDisposable
{
    private const int Steps = 100, StepsPerEpoch = 10;
    private const double Rate = 0.4;
    private static readonly PythonReference Reference = new("Schedules/reference/schedules.py");

    private static readonly Dictionary<string, ISchedule> Cases = new()
    {
        ["constant"] = new ConstantSchedule(0.5),
        ["step"] = new StepSchedule(Period.Epochs(3)),
        ["multistep"] = new MultiStepSchedule(0.3, Period.Steps(20), Period.Epochs(5), Period.Share(0.9)),
        ["exponential"] = new ExponentialSchedule(0.97, Period.Steps(1)),
        ["linear"] = new LinearSchedule(0.2, 1, Period.Steps(25)),
        ["linear down"] = new LinearSchedule(1, 0),
        ["polynomial"] = new PolynomialSchedule(2, Period.Steps(80)),
        ["cosine"] = new CosineSchedule(floor: 0.1),
        ["restarts"] = new CosineRestartsSchedule(Period.Steps(25), floor: 0.05),
        ["restarts stretched"] = new CosineRestartsSchedule(Period.Epochs(1), stretch: 2),
        ["one cycle"] = new OneCycleSchedule(),
        ["one cycle linear"] = new OneCycleSchedule(rise: 0.4, start: 0.1, end: 0.01, linear: true),
        ["noam"] = new NoamSchedule(64, 30),
        ["slanted triangular"] = new SlantedTriangularSchedule(),
        ["piecewise"] = new PiecewiseSchedule((0.4, 5), (0.04, 3), (0.004, 2)),
        ["warm-up then cosine"] = new LinearSchedule(0.1, 1).Then(Period.Share(0.2), new CosineSchedule()),
        ["product"] = new StepSchedule(Period.Epochs(4), 0.5).Times(new ExponentialSchedule(0.99, Period.Steps(1))),
    };

    private static readonly Dictionary<string, Func<PlateauSchedule>> Plateaus = new()
    {
        ["plateau"] = () => new PlateauSchedule(patience: 3),
        ["plateau cooldown"] = () => new PlateauSchedule(patience: 2, factor: 0.5, cooldown: 4, floor: 0.03 / Rate),
        ["plateau rising"] = () => new PlateauSchedule(rising: true, patience: 2, factor: 0.3, threshold: 0.05, relative: false),
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. Cases.Keys];

    public static TheoryData<string> PlateauNames => [.. Plateaus.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Equals_torchs_scheduler_for_a_hundred_steps(string name)
    {
        double[] rates = [.. Enumerable.Range(0, Steps).Select(step => Rate * Cases[name].FactorAt(At(step)))];

        PythonReference.Close(Reference.Numbers(name), rates, 1e-12);
    }

    [Theory]
    [MemberData(nameof(PlateauNames))]
    public void A_plateau_is_told_as_torch_tells_it_and_survives_a_checkpoint(string name)
    {
        PlateauSchedule schedule = Plateaus[name]();
        List<double> rates = [];
        for (int epoch = 0; epoch < Steps; epoch++)
        {
            rates.Add(Rate * schedule.FactorAt(At(epoch)));
            schedule.Observe(1 / (1 + Math.Min(epoch, 30) / 10.0) + 0.02 * Math.Sin(epoch));
            using CheckpointState state = new();
            schedule.Save(state, "schedule");
            schedule = Plateaus[name]();
            schedule.Load(state, "schedule");
        }

        PythonReference.Close(Reference.Numbers(name), [.. rates], 1e-12);
    }

    [Fact]
    public Task The_reference_file_is_what_torch_gives_today() => Reference.RequireSame(1e-12);

    [Fact]
    public void Cosine_rises_in_a_line_and_falls_to_its_floor()
    {
        CosineSchedule schedule = new(warmup: 0.1, floor: 0.2);

        Assert.Equal(0.5, schedule.FactorAt(new ScheduleTime(4, 90, 10)), 9); // the rise takes 9 steps: 0.1, 0.2, ...
        Assert.Equal(1, schedule.FactorAt(new ScheduleTime(9, 90, 10)), 9);
        Assert.Equal(0.2, schedule.FactorAt(new ScheduleTime(90, 90, 10)), 9);
        Assert.All(Enumerable.Range(10, 80), step => Assert.True(schedule.FactorAt(new ScheduleTime(step, 90, 10)) < schedule.FactorAt(new ScheduleTime(step - 1, 90, 10))));
    }

    // Sutskever et al. (2014), section 3.4: halved every half epoch after five.
    [Fact]
    public void A_step_may_begin_later()
    {
        StepSchedule schedule = new(Period.Epochs(0.5), 0.5, first: Period.Epochs(5));

        double[] factors = [.. ((long[])[0, 49, 50, 54, 55, 59, 60, 74]).Select(step => schedule.FactorAt(At(step)))];

        PythonReference.Close([1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.03125], factors, 1e-12);
    }

    [Fact]
    public void Anything_can_come_after_a_warm_up()
    {
        ISchedule schedule = new StepSchedule(Period.Epochs(2), 0.5).After(Period.Epochs(1));

        double[] factors = [.. ((long[])[0, 5, 10, 29, 30, 49, 50]).Select(step => schedule.FactorAt(At(step)))];

        PythonReference.Close([1 / 11.0, 6 / 11.0, 1, 1, 0.5, 0.5, 0.25], factors, 1e-12);
        Assert.Equal(new CosineSchedule(warmup: 0.1).FactorAt(At(3)), new CosineSchedule().After(Period.Share(0.1)).FactorAt(At(3)), 12);
        Assert.Equal(new CosineSchedule(warmup: 0.1).FactorAt(At(70)), new CosineSchedule().After(Period.Share(0.1)).FactorAt(At(70)), 12);
    }

    [Fact]
    public void The_trainer_follows_the_schedule_and_leaves_the_rates_as_they_are()
    {
        ISchedule schedule = new PiecewiseSchedule((2e-3, 1), (2e-4, 1));
        using Run run = new(Run.Quiet with { Epochs = 2, Schedule = schedule });
        List<double> factors = [];
        run.Trainer.Callbacks.Add(new AfterStep((_, _) => factors.Add(run.Optimizer.RateFactor)));

        run.Trainer.Fit(run.Training);

        Assert.Equal([.. Enumerable.Repeat(1.0, 10), .. Enumerable.Repeat(2e-4 / 2e-3, 10)], factors);
        Assert.Equal(2e-3, run.Optimizer.Groups[0].Rate);
    }

    [Fact]
    public void A_plateau_in_a_run_is_told_by_its_validation_and_resumed()
    {
        // No accuracy rises by two: after the first, every epoch is one too many.
        static TrainerOptions Options(string? folder) =>
            Run.Quiet with { Epochs = 5, CheckpointFolder = folder, Schedule = new PlateauSchedule("accuracy", rising: true, patience: 0, threshold: 2, relative: false, factor: 0.5).After(Period.Steps(1)) };
        using Run whole = new(Options(null));
        List<double> expected = [];
        whole.Trainer.Callbacks.Add(new AfterStep((_, _) => expected.Add(whole.Optimizer.RateFactor)));
        whole.Trainer.Fit(whole.Training, whole.Validation);

        using (Run first = new(Options(_folder.Path)))
        {
            first.Trainer.Callbacks.Add(new AfterStep((trainer, progress) =>
            {
                if (progress.Step == 25) trainer.Stop();
            }));
            first.Trainer.Fit(first.Training, first.Validation);
        }

        using Run second = new(Options(null), seed: 99);
        List<double> rest = [];
        second.Trainer.Callbacks.Add(new AfterStep((_, _) => rest.Add(second.Optimizer.RateFactor)));
        second.Trainer.Fit(second.Training, second.Validation, resumeFrom: _folder.Path);

        Assert.Equal([1, 1, 0.5, 0.25, 0.125], expected.Where((_, step) => step % 10 == 9));
        Assert.Equal(expected.Skip(25), rest);
        Assert.Equal(whole.State, second.State);
    }

    private static ScheduleTime At(long step) => new(step, Steps, StepsPerEpoch);
}
