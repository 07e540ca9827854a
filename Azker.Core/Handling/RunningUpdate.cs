using Azker.Core.Updates;

namespace Azker.Core.Handling;

/// <summary>An update that a handler is handling now.</summary>
/// <param name="Update">The update.</param>
/// <param name="RunningFor">How long the handler has been running.</param>
public sealed record RunningUpdate(ReceivedUpdate Update, TimeSpan RunningFor);
