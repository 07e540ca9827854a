namespace Azker.Simulation.Scheduling;

/// <summary>Derives independent seeds from consecutive seeds.</summary>
internal static class Seeds
{
    public static int Derive(int seed, string part)
    {
        ulong mixed = (uint)seed;
        foreach (char letter in part)
        {
            mixed = Mix(mixed + letter);
        }

        return (int)(Mix(mixed) >> 33);
    }

    /// <summary>The finalizer of SplitMix64.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
