namespace Azker.Core.Locking;

/// <summary>Numbers the acquisitions of a lock, so that of two of them the later one can be told.</summary>
internal static class LockEpoch
{
    // Unix seconds stay below this for 30,000 years; a greater number in a record or a file is garbage.
    private const long Garbage = 1_000_000_000_000;

    /// <summary>
    /// The seconds of the wall clock keep the number from starting again when the record is gone; the numbers known from
    /// before keep it growing when the wall clock goes back.
    /// </summary>
    /// <param name="recorded">The epoch of the record that is there; 0 when there is none.</param>
    /// <param name="own">The last epoch of this instance; 0 when it had none.</param>
    /// <param name="now">The wall clock.</param>
    public static long Next(long recorded, long own, DateTimeOffset now) =>
        Math.Max(now.ToUnixTimeSeconds(), Math.Max(recorded < Garbage ? recorded : 0, own) + 1);
}
