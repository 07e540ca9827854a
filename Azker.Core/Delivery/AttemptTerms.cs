using Azker.Core.Updates;

namespace Azker.Core.Delivery;

/// <summary>What depends, in an attempt, on how the update came.</summary>
/// <param name="Reply">Where a reply can be put; <see langword="null"/> where none can.</param>
/// <param name="NextIn">When the next attempt would follow, given which attempt has failed.</param>
/// <param name="IsCrowded">Says whether other updates cannot come before this one is settled.</param>
internal readonly record struct AttemptTerms(ReplySlot? Reply, Func<int, TimeSpan> NextIn, Func<bool> IsCrowded);
