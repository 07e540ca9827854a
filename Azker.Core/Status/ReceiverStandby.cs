namespace Azker.Core.Status;

/// <summary>The state of an instance that receives nothing itself, and is ready to receive.</summary>
/// <param name="Mode">How the instance would receive.</param>
/// <param name="Reason">The event that the instance waits for, as sentences that a stranger may read.</param>
internal sealed record ReceiverStandby(ReceiverMode Mode, string Reason);
