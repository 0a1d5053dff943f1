namespace Dlm.Torch.Tests;

public class SmokeTests
{
    [Fact]
    public void LeNetLearns()
    {
        torch.manual_seed(0);
        using var model = nn.Sequential(
            nn.Conv2d(1, 6, 5, 1, 2), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10));
        using var optimizer = optim.Adam(model.parameters(), 0.003);
        using var x = torch.randn(32, 1, 28, 28);
        using var y = torch.randint(10, [32]);
        float first = 0, last = 0;
        for (var i = 0; i < 30; i++)
        {
            using var scope = torch.NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.cross_entropy(model.call(x), y);
            loss.backward();
            optimizer.step();
            last = loss.item<float>();
            if (i == 0) first = last;
        }
        Assert.True(last < first / 2, $"{first} -> {last}");
    }
}
