namespace Azker.Core.Delivery;

/// <summary>How an update comes again that could not be handled.</summary>
/// <param name="LongestDelayAfter">How long it takes at most after the n-th failure, from 1 on.</param>
/// <param name="IsCrowded">Whether other updates cannot come before this one is settled.</param>
internal sealed record Redelivery(Func<int, TimeSpan> LongestDelayAfter, Func<bool> IsCrowded);
