namespace Dlm.Torch.Tests;

public class OptimizerTests
{
    [Fact]
    public void MomentumByHand()
    {
        using var p = nn.Parameter(tensor(1.0));
        using var optimizer = optim.SGD([p], 0.1, momentum: 0.9, weight_decay: 0.5);
        double expected = 1, velocity = 0;
        for (var i = 0; i < 4; i++)
        {
            p.grad = tensor(2.0);
            optimizer.step();
            var gradient = 2 + 0.5 * expected;
            velocity = i == 0 ? gradient : 0.9 * velocity + gradient;
            expected -= 0.1 * velocity;
            Assert.Equal(expected, p.item<double>(), 1e-12);
        }
    }

    [Fact]
    public void AdamByHand()
    {
        using var p = nn.Parameter(tensor(1.0));
        using var optimizer = optim.AdamW([p], 0.1, 0.9, 0.99, 1e-8, 0.01);
        double expected = 1, mean = 0, square = 0;
        for (var t = 1; t <= 4; t++)
        {
            var gradient = t - 2.5;
            p.grad = tensor(gradient);
            optimizer.step();
            expected *= 1 - 0.1 * 0.01;
            mean = 0.9 * mean + 0.1 * gradient;
            square = 0.99 * square + 0.01 * gradient * gradient;
            expected -= 0.1 * (mean / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(square / (1 - Math.Pow(0.99, t))) + 1e-8);
            Assert.Equal(expected, p.item<double>(), 1e-12);
        }
    }

    [Fact]
    public void GroupsHaveTheirOwnRate()
    {
        using var a = nn.Parameter(tensor(1.0));
        using var b = nn.Parameter(tensor(1.0));
        using var optimizer = optim.SGD([new TorchSharp.Modules.SGD.ParamGroup([a], lr: 1), new TorchSharp.Modules.SGD.ParamGroup([b], lr: 0.1)], 9);
        Assert.Equal([1, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        a.grad = tensor(1.0);
        b.grad = tensor(1.0);
        optimizer.step();
        Assert.Equal((0, 0.9), (a.item<double>(), b.item<double>()));
        optimizer.ParamGroups.First().LearningRate = 0.5;
        optimizer.step();
        Assert.Equal((-0.5, 0.8), (a.item<double>(), Math.Round(b.item<double>(), 12)));
        optimizer.zero_grad();
        Assert.Equal(0, a.grad!.item<double>());
        Assert.Equal([a, b], optimizer.parameters());
    }

    [Fact]
    public void AParameterWithoutGradientIsLeftAlone()
    {
        using var p = nn.Parameter(ones(2));
        using var optimizer = optim.Adam([p], weight_decay: 1);
        optimizer.step();
        Check.Equal(p, [2], 1f, 1);
    }

    [Fact]
    public void StateIsSavedAndContinued()
    {
        using var p = nn.Parameter(tensor(1.0));
        using var q = nn.Parameter(tensor(1.0));
        using var first = optim.Adam([p], 0.1, amsgrad: true);
        using var second = optim.Adam([q], 0.7, amsgrad: true);
        void Step(Tensor parameter, TorchSharp.Modules.Adam optimizer, double gradient)
        {
            parameter.grad = tensor(gradient);
            optimizer.step();
        }
        Step(p, first, 3);
        Step(p, first, -1);
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, true))
            first.save_state_dict(writer);
        stream.Position = 0;
        second.load_state_dict(new BinaryReader(stream));
        using (no_grad())
            q.copy_(p);
        Step(p, first, 2);
        Step(q, second, 2);
        Assert.Equal(p.item<double>(), q.item<double>());

        using var third = optim.Adam([nn.Parameter(tensor(1.0))], amsgrad: true);
        third.load_state_dict(first.state_dict());
        Assert.True(third.state_dict().State[0].ApproximatelyEquals(first.state_dict().State[0]));
        stream.Position = 0;
        using var other = optim.SGD([p], 0.1);
        Assert.Throws<InvalidDataException>(() => other.load_state_dict(new BinaryReader(stream)));
    }

    [Fact]
    public void TheClosureRecordsGradients()
    {
        using var p = nn.Parameter(tensor(2.0));
        using var optimizer = optim.SGD([p], 0.1);
        using var loss = optimizer.step(() =>
        {
            var value = p * p;
            value.backward();
            return value;
        });
        Assert.Equal(4, loss.item<double>());
        Assert.Equal(2 - 0.1 * 4, p.item<double>(), 1e-12);
        Assert.Throws<ArgumentException>(() => optim.SGD([p], -1));
        Assert.Throws<ArgumentException>(() => optim.Adam([p], beta1: 1));
    }
}
