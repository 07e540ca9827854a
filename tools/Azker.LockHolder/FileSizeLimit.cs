using System.Globalization;
using System.Runtime.InteropServices;

namespace Azker.LockHolding;

/// <summary>Makes writes fail half-way, as on a full disk.</summary>
internal static partial class FileSizeLimit
{
    private const int FileSizeResource = 1;
    private const PosixSignal FileSizeExceeded = (PosixSignal)25;

    private static PosixSignalRegistration? _ignored;

    public static void Apply(string? bytes)
    {
        if (bytes is null)
        {
            return;
        }

        _ignored = PosixSignalRegistration.Create(FileSizeExceeded, context => context.Cancel = true);
        var limit = new Limit(nuint.Parse(bytes, CultureInfo.InvariantCulture));
        if (SetLimit(FileSizeResource, in limit) != 0)
        {
            throw new InvalidOperationException($"setrlimit failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Limit(nuint bytes)
    {
        private readonly nuint _current = bytes;
        private readonly nuint _maximum = bytes;
    }
}
