namespace Azker.Core.Locking;

/// <summary>Numbers the acquisitions of a lock, so that the later of two acquisitions has the higher number.</summary>
internal static class LockEpoch
{
    // Unix seconds stay below this for 30,000 years; a greater number in a record or a file is garbage.
    private const long Garbage = 1_000_000_000_000;

    /// <summary>
    /// With the seconds of the wall clock, the number does not restart when the record is gone. With the known numbers, it
    /// still grows when the wall clock goes back.
    /// </summary>
    /// <param name="recorded">The epoch in the record; 0 without a record.</param>
    /// <param name="own">The last epoch of this instance; 0 if it had none.</param>
    /// <param name="now">The wall clock.</param>
    public static long Next(long recorded, long own, DateTimeOffset now) =>
        Math.Max(now.ToUnixTimeSeconds(), Math.Max(recorded < Garbage ? recorded : 0, own) + 1);
}
