using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Shared;

/// <summary>Advances the virtual time while a test waits for a condition.</summary>
internal static class VirtualTime
{
    /// <summary>Advances the time in steps until a condition holds.</summary>
    /// <param name="time">The time.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="expectation">The condition, as a sentence.</param>
    /// <param name="step">The step, in seconds.</param>
    /// <param name="most">The longest time to pass; after it the time no longer advances.</param>
    /// <returns>The time that has passed.</returns>
    public static async Task<TimeSpan> PassUntil(
        this FakeTimeProvider time, Func<bool> condition, string expectation, double step = 0.1, TimeSpan? most = null)
    {
        DateTimeOffset start = time.GetUtcNow();
        await Eventually.IsTrue(
            () =>
            {
                bool holds = condition();
                if (!holds && !(time.GetUtcNow() - start >= most))
                {
                    time.Advance(TimeSpan.FromSeconds(step));
                }

                return holds;
            },
            expectation);
        return time.GetUtcNow() - start;
    }
}
