using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Azker.Core.Tests.Locking.PidFile;

/// <summary>Runs an action with the file permissions of an ordinary user, even if root runs the tests.</summary>
internal static partial class WithoutRoot
{
    private const uint Nobody = 65534;

    public static T Run<T>(Func<T> action)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return action();
        }

        // Linux keeps this user id for each thread, so the thread is used for this action only.
        T result = default!;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            _ = SetFileUser(Nobody);
            try
            {
                result = action();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result;
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);
}
