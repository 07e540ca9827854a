namespace Azker.Core.Delivery;

/// <summary>
/// Remembers the updates for which the answer to a Bot API call was lost once. The call may have been carried out, so such an update
/// is tried once more and not again and again.
/// </summary>
internal sealed class LostAnswers
{
    /// <summary>More updates than can wait for another attempt; beyond them the oldest is forgotten.</summary>
    private const int Capacity = 20_000;

    private readonly Lock _gate = new();
    private readonly HashSet<int> _updates = [];
    private readonly Queue<int> _oldest = [];

    /// <returns>Whether an answer was lost for this update before.</returns>
    public bool IsSecond(int updateId)
    {
        lock (_gate)
        {
            if (!_updates.Add(updateId))
            {
                return true;
            }

            _oldest.Enqueue(updateId);
            if (_oldest.Count > Capacity)
            {
                _updates.Remove(_oldest.Dequeue());
            }

            return false;
        }
    }
}
