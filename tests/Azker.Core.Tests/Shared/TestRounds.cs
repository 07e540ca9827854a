using System.Globalization;

namespace Azker.Core.Tests.Shared;

/// <summary>How often a test with random moments in it is to be gone through: AZKER_TEST_ROUNDS times as often as usual.</summary>
internal static class TestRounds
{
    private static readonly int Factor = int.Parse(Environment.GetEnvironmentVariable("AZKER_TEST_ROUNDS") ?? "1", CultureInfo.InvariantCulture);

    public static int Of(int usual) => usual * Factor;
}
