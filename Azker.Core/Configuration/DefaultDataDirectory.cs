using System.Globalization;

namespace Azker.Core.Configuration;

/// <summary>The directory of a bot whose <c>DATA_DIR</c> is not set.</summary>
internal static class DefaultDataDirectory
{
    /// <summary>The directory that was the default, below the working directory.</summary>
    private const string Former = "data";

    private static readonly string[] FilesOfBots = ["bot*.lock", "lease-*", "receiver*.json", "updates-*", "dead-letters", "parked"];

    /// <summary>The directory of a bot below the data directory of the user: <c>XDG_DATA_HOME</c> or <c>LocalApplicationData</c>.</summary>
    /// <returns>A full path; <see langword="null"/> for a user without such a directory.</returns>
    public static string? OfUser(long botId)
    {
        string user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return user.Length == 0 ? null : Below(user, botId);
    }

    /// <param name="botName">The name of a named bot.</param>
    /// <param name="botId">The Telegram user id of the bot.</param>
    /// <param name="appRoot">The root of a Functions app, below which the directory may not be; <see langword="null"/> on other hosts.</param>
    /// <returns>A full path. The former default, below the working directory, if a bot has already used it.</returns>
    public static string Of(string botName, long botId, string? appRoot)
    {
        string former = Path.GetFullPath(CanBeDirectory(botName) ? Path.Combine(Former, botName) : Former);
        string another = appRoot is null ? former : Below(Path.GetTempPath(), botId);
        return IsUsed(former) && !IsBelow(former, appRoot) ? former : OfUser(botId) ?? another;
    }

    /// <summary>Whether a directory is a root or below it.</summary>
    /// <param name="directory">A full path.</param>
    /// <param name="root">The root; <see langword="null"/> if there is none.</param>
    public static bool IsBelow(string directory, string? root) => root is not null
        && !Path.IsPathRooted(Path.GetRelativePath(root, directory))
        && !Path.GetRelativePath(root, directory).Split(Path.DirectorySeparatorChar).Contains("..");

    private static string Below(string directory, long botId) =>
        Path.GetFullPath(Path.Combine(directory, "azker", botId.ToString(CultureInfo.InvariantCulture)));

    private static bool CanBeDirectory(string botName) =>
        botName is not ("." or "..") && botName.IndexOfAny([.. Path.GetInvalidFileNameChars(), '/', '\\', ':']) < 0;

    private static bool IsUsed(string directory) =>
        Directory.Exists(directory) && FilesOfBots.Any(pattern => Directory.EnumerateFileSystemEntries(directory, pattern).Any());
}
