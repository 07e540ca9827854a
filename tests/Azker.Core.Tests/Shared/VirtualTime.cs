using Microsoft.Extensions.Time.Testing;

namespace Azker.Core.Tests.Shared;

/// <summary>Virtual time that passes while something is waited for.</summary>
internal static class VirtualTime
{
    /// <summary>Lets time pass in steps until a condition holds.</summary>
    /// <param name="time">The time.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="expectation">The condition, as a sentence.</param>
    /// <param name="step">The step, in seconds.</param>
    /// <param name="most">How much may pass; after that it stands still.</param>
    /// <returns>How much has passed.</returns>
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
