using System.Text.RegularExpressions;

namespace Azker.Core.Configuration;

/// <summary>
/// How the receiver lock is held in a storage account: as the lease of one blob. Without a storage account none of this
/// is used.
/// </summary>
public sealed partial record LockOptions
{
    /// <summary>The default of <see cref="Container"/>.</summary>
    public const string DefaultContainer = "azker";

    /// <summary>The part of <see cref="LeaseDuration"/> that <see cref="Deadline"/> may reach.</summary>
    internal const double MaxDeadlineRatio = 0.85;

    /// <summary>
    /// <c>LOCK_CONTAINER</c>: the blob container of the lock. Default <see cref="DefaultContainer"/>. It is created if the
    /// rights allow.
    /// </summary>
    public string Container { get; init; } = DefaultContainer;

    /// <summary>
    /// <c>LOCK_NAME</c>: the blob that is the lock; who has the same one competes for it. Default <c>bot-</c> and the bot's
    /// user id. 1 to 200 of <c>A-Z a-z 0-9 . _ -</c>, starting with a letter or digit.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// <c>LOCK_LEASE_DURATION</c>: for how long the storage service keeps the lock for a holder that went silent. Default
    /// 15 s, 15 s to 60 s, whole seconds (Blob service, Lease Blob). Longer makes a takeover after a crash later, and
    /// survives longer faults of the storage.
    /// </summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// <c>LOCK_DEADLINE</c>: after what time without a confirmed renewal the holder gives the lock up by itself, counted
    /// from the sending of the last confirmed one. Default 12 s; at most 0.85 of <see cref="LeaseDuration"/>, so that it has
    /// stopped before another can start.
    /// </summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>
    /// <c>LOCK_RENEW_INTERVAL</c>: how often the lease is renewed, give or take 10 %. Default 4 s; below
    /// <see cref="Deadline"/>. Longer means fewer requests, and fewer tries before the deadline.
    /// </summary>
    public TimeSpan RenewInterval { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>
    /// <c>LOCK_ATTEMPT_TIMEOUT</c>: for how long one request to the storage may last. Default 2.5 s; below
    /// <see cref="RenewInterval"/>.
    /// </summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(2.5);

    /// <summary>
    /// <c>LOCK_FAST_TAKEOVER</c>: whether a crashed holder is succeeded at once by an instance with the same
    /// <c>DATA_DIR</c> on the same machine, instead of when the lease ends. Default true. An OS lock in <c>DATA_DIR</c> and
    /// the identity of the process prove the crash; where that cannot be proven, the lease decides.
    /// </summary>
    public bool FastTakeover { get; init; } = true;

    internal static LockOptions Read(SettingsReader settings, long? botId)
    {
        var options = new LockOptions
        {
            Container = ReadName(settings, SettingNames.LockContainer, DefaultContainer, ContainerShape(),
                "3 to 63 of the characters a-z 0-9 -, with no - at an end or beside another"),
            Name = ReadName(settings, SettingNames.LockName, FormattableString.Invariant($"bot-{botId ?? 0}"), NameShape(),
                "1 to 200 of the characters A-Z a-z 0-9 . _ -, starting with a letter or digit"),
            LeaseDuration = TimeSpan.FromSeconds(settings.Integer(SettingNames.LockLeaseDuration, 15, 15, 60)),
            Deadline = settings.Seconds(SettingNames.LockDeadline, 12, 1, 51),
            RenewInterval = settings.Seconds(SettingNames.LockRenewInterval, 4, 0.5, 50),
            AttemptTimeout = settings.Seconds(SettingNames.LockAttemptTimeout, 2.5, 0.1, 49),
            FastTakeover = settings.Flag(SettingNames.LockFastTakeover, true),
        };
        options.CheckTogether(settings);
        return options;
    }

    private static string ReadName(SettingsReader settings, string setting, string defaultValue, Regex shape, string allowed)
    {
        string name = settings.Text(setting) ?? defaultValue;
        if (!shape.IsMatch(name))
        {
            settings.Fault(setting, $"'{name}' is not {allowed}", $"leave it out for {defaultValue}");
        }

        return name;
    }

    private void CheckTogether(SettingsReader settings)
    {
        if (AttemptTimeout >= RenewInterval)
        {
            Fault(settings, SettingNames.LockAttemptTimeout, AttemptTimeout, "below", SettingNames.LockRenewInterval, RenewInterval);
        }

        if (RenewInterval >= Deadline)
        {
            Fault(settings, SettingNames.LockRenewInterval, RenewInterval, "below", SettingNames.LockDeadline, Deadline);
        }

        if (Deadline > LeaseDuration * MaxDeadlineRatio)
        {
            Fault(settings, SettingNames.LockDeadline, Deadline, "at most 0.85 of", SettingNames.LockLeaseDuration, LeaseDuration);
        }
    }

    private static void Fault(SettingsReader settings, string name, TimeSpan value, string relation, string otherName, TimeSpan other) =>
        settings.Fault(name,
            FormattableString.Invariant($"{value.TotalSeconds} s is not {relation} {otherName}, which is {other.TotalSeconds} s"),
            "change one of the two, or leave both out");

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex ContainerShape();

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$", RegexOptions.NonBacktracking)]
    private static partial Regex NameShape();
}
