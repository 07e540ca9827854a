using System.Globalization;
using Azker.Core.Configuration;
using Azker.Core.Delivery.Storage;
using Azker.Core.Infrastructure;

namespace Azker.Core.Delivery.Ledger;

/// <summary>
/// The ledger of a former version, <c>{DATA_DIR}/updates-{bot}.ledger</c>: lines such as <c>1f2e3d4c done 123456 0 1769763135445</c>, of
/// which the last line of an update counts. Its settled updates are taken over, so that an upgrade repeats none of them.
/// </summary>
internal sealed class FormerLedgerFile(AzkerOptions options)
{
    private readonly string _path = Path.Combine(
        options.Storage.DataDirectory, string.Create(CultureInfo.InvariantCulture, $"updates-{options.Bot.Token.BotId}.ledger"));

    private string LockPath => _path + ".lock";

    public bool Exists => File.Exists(_path);

    /// <exception cref="LocalDatabaseException">A process of that version is handling updates.</exception>
    public List<int> ReadSettled()
    {
        try
        {
            using FileStream osLock = RawFile.Open(LockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            var isSettled = new Dictionary<int, bool>();
            foreach (string line in File.ReadLines(_path))
            {
                if (line.Split(' ') is [_, var state, var id, _, _] && int.TryParse(id, CultureInfo.InvariantCulture, out int updateId))
                {
                    isSettled[updateId] = state == "done";
                }
            }

            return [.. isSettled.Where(update => update.Value).Select(update => update.Key)];
        }
        catch (FileNotFoundException)
        {
            // The other party: a process that has taken the file over meanwhile.
            return [];
        }
        catch (IOException error) when (FileFault.IsBusy(error))
        {
            throw new LocalDatabaseException($"{_path} cannot be used: a former version of Azker has it open. Stop that process.", error);
        }
    }

    public void Remove()
    {
        File.Delete(_path);
        File.Delete(LockPath);
    }
}
