namespace Dlm.Runtime.Reinforcement;

/// <summary>What was won from a step on: later rewards count less.</summary>
public static class Returns
{
    /// <summary>The returns of one episode that ran to its end: G[t] = r[t] + discount * G[t + 1].</summary>
    /// <param name="rewards">Of each step.</param>
    /// <param name="discount">What a reward is worth a step earlier.</param>
    public static float[] Discounted(ReadOnlySpan<float> rewards, double discount)
    {
        float[] gains = new float[rewards.Length];
        double gain = 0;
        for (int t = rewards.Length - 1; t >= 0; t--) gains[t] = (float)(gain = rewards[t] + discount * gain);
        return gains;
    }

    /// <summary>
    /// The returns of some steps of a run that goes on (Mnih et al., 2016, algorithm S3): as far as rewards are known they count, and what comes behind the
    /// last step, or behind one where an episode ended, is what it is thought to be worth.
    /// </summary>
    /// <param name="rewards">Of each step.</param>
    /// <param name="ended">Whether an episode ended with the step; the next step is another's.</param>
    /// <param name="ahead">What is ahead of the state behind each step: 0 where nothing is. Only the last step's and that of ended ones is read.</param>
    /// <param name="discount">What a reward is worth a step earlier.</param>
    /// <exception cref="ArgumentException">There are not as many of each.</exception>
    public static float[] Bootstrapped(ReadOnlySpan<float> rewards, ReadOnlySpan<bool> ended, ReadOnlySpan<float> ahead, double discount)
    {
        if (ended.Length != rewards.Length || ahead.Length != rewards.Length)
        {
            throw new ArgumentException($"{rewards.Length} rewards need as many ends and values, and there are {ended.Length} and {ahead.Length}.", nameof(rewards));
        }

        float[] gains = new float[rewards.Length];
        for (int t = rewards.Length - 1; t >= 0; t--)
        {
            double behind = t == rewards.Length - 1 || ended[t] ? ahead[t] : gains[t + 1];
            gains[t] = (float)(rewards[t] + discount * behind);
        }

        return gains;
    }
}
