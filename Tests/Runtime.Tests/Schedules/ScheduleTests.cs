using Dlm.Runtime.Schedules;
using Dlm.Runtime.Tests.Training;

namespace Dlm.Runtime.Tests.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void Cosine_rises_in_a_line_and_falls_to_its_floor()
    {
        CosineSchedule schedule = new(warmup: 0.1, floor: 0.2);

        Assert.Equal(0.5, schedule.FactorAt(4, 90), 9); // the rise takes 9 steps: 0.1, 0.2, ...
        Assert.Equal(1, schedule.FactorAt(9, 90), 9);
        Assert.Equal(0.6, schedule.FactorAt(49, 89), 1);
        Assert.Equal(0.2, schedule.FactorAt(90, 90), 9);
        Assert.Equal(1, new CosineSchedule().FactorAt(0, 10), 9);
        Assert.All(Enumerable.Range(10, 80), step => Assert.True(schedule.FactorAt(step, 90) < schedule.FactorAt(step - 1, 90)));
    }

    [Fact]
    public void The_trainer_follows_the_schedule_and_leaves_the_rates_as_they_are()
    {
        using Run run = new(Run.Quiet with { Epochs = 2, Schedule = new CosineSchedule() });
        List<double> factors = [];
        run.Trainer.Callbacks.Add(new AfterStep((_, _) => factors.Add(run.Optimizer.RateFactor)));

        run.Trainer.Fit(run.Training);

        Assert.Equal(Enumerable.Range(0, 20).Select(step => new CosineSchedule().FactorAt(step, 20)), factors);
        Assert.Equal(2e-3, run.Optimizer.Groups[0].Rate);
    }
}
