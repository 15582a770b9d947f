using FADA.Realtime.Faces;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Model.Backend;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Streaming.Animation.Eyes;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>The avatars of this machine: the built-in ones and those that users added, with the model that moves them.</summary>
public sealed class AvatarCatalog : IAvatarCatalog, IDisposable
{
    public const string DefaultName = "default";
    private readonly AvatarCatalogOptions _options;
    private readonly AvatarFolder _builtIn;
    private readonly AvatarFolder _added;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly Lazy<FadaModel> _model;
    private readonly Lazy<FaceFinder> _finder;
    private readonly PreparedAvatars<PreparedAvatar> _prepared;

    public AvatarCatalog(AvatarCatalogOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _builtIn = new AvatarFolder(options.BuiltIn);
        _added = new AvatarFolder(options.Folder);
        _model = new Lazy<FadaModel>(() => Load(options));
        _finder = new Lazy<FaceFinder>(() => new FaceFinder(options.FaceModels));
        _prepared = new PreparedAvatars<PreparedAvatar>(options.Kept);
    }

    /// <summary>The checkpoint, loaded at first use.</summary>
    /// <exception cref="AvatarException"><see cref="AvatarFault.ModelUnavailable"/>, with the reason.</exception>
    public FadaModel Model
    {
        get
        {
            try
            {
                return _model.Value;
            }
            catch (Exception e) when (e is WeightsException or TorchRuntimeException)
            {
                throw new AvatarException(AvatarFault.ModelUnavailable, e.Message, e);
            }
        }
    }

    public IReadOnlyList<AvatarInfo> List() =>
        _builtIn.List().OrderBy(r => r.Name != DefaultName).Concat(_added.List()).Select(Info).ToList();

    public AvatarInfo Get(string name) => Info(Record(name).Record);

    public Task<byte[]> PortraitAsync(string name, CancellationToken cancellation)
    {
        var (folder, record) = Record(name);
        return File.ReadAllBytesAsync(folder.PortraitPath(record.Name), cancellation);
    }

    public Task<AvatarInfo> CreateAsync(ReadOnlyMemory<byte> portrait, string name, string consent, CancellationToken cancellation)
    {
        if (!AvatarFolder.IsName(name))
            throw new AvatarException(AvatarFault.NameInvalid, $"'{name}' is not an avatar name: 1 to 64 of a-z, 0-9 and '-' are.");
        if (string.IsNullOrWhiteSpace(consent))
            throw new AvatarException(AvatarFault.ConsentMissing, "Say who agreed to the use of this face.");
        return Task.Run(() => Create(portrait.Span, name, consent.Trim(), "upload"), cancellation);
    }

    public void Delete(string name)
    {
        if (_builtIn.Read(name) is not null)
            throw new AvatarException(AvatarFault.AvatarInUse, $"'{name}' came with the product and stays.");
        lock (_gate)
        {
            if (!_added.Exists(name))
                throw NotFound(name);
            if (!_prepared.Evict(name))
                throw new AvatarException(AvatarFault.AvatarInUse, $"'{name}' is in use by a session.");
            _added.Delete(name);
        }
    }

    public IStyledAnimator CreateAnimator(string name, AnimatorOptions options)
    {
        var (folder, record) = Record(name.Length == 0 ? DefaultName : name);
        var model = Model;
        var prepared = _prepared.Rent(record.Name, () =>
        {
            var (picture, toCrop) = folder.Load(record);
            return new PreparedAvatar(model, picture, toCrop, Lids(picture));
        });
        try
        {
            return new FadaAnimator(prepared, options, () => _prepared.Return(record.Name));
        }
        catch
        {
            _prepared.Return(record.Name);
            throw;
        }
    }

    /// <summary>An animator for a picture that is not kept: what <c>render</c> does with an image file.</summary>
    /// <exception cref="AvatarException">The picture will not do, or the model is missing.</exception>
    public IStyledAnimator CreateAnimator(ReadOnlySpan<byte> portrait, AnimatorOptions options)
    {
        var (picture, toCrop) = Frame(portrait);
        var prepared = new PreparedAvatar(Model, picture, toCrop, Lids(picture));
        return new FadaAnimator(prepared, options, prepared.Dispose);
    }

    private static FadaModel Load(AvatarCatalogOptions options)
    {
        TorchRuntime.Initialize();
        var device = options.Device ?? DeviceSelector.Cpu("no other was asked for");
        return FadaModel.Load(options.Model, device.Precision, GraphBackends.Create(device, options.Graphs, options.Log));
    }

    public void Dispose()
    {
        _prepared.Dispose();
        if (_finder.IsValueCreated)
            _finder.Value.Dispose();
        if (_model.IsValueCreated)
            _model.Value.Dispose();
    }

    private AvatarInfo Create(ReadOnlySpan<byte> portrait, string name, string consent, string source)
    {
        // Asked before the picture is read, which takes a second, and again when the name is really taken.
        RefuseTaken(name);
        var (picture, toCrop) = Frame(portrait);
        var record = new AvatarRecord { Name = name, Source = source, Consent = consent, ToCrop = toCrop.ToMatrix(), Created = _time.GetUtcNow() };
        lock (_gate)
        {
            RefuseTaken(name);
            _added.Write(record, picture);
        }
        return Info(record);
    }

    private (RgbImage Picture, Faces.Geometry.CropTransform ToCrop) Frame(ReadOnlySpan<byte> portrait)
    {
        try
        {
            var image = PortraitImage.Decode(portrait);
            return PortraitFraming.Frame(image, _finder.Value.FindPortrait(image));
        }
        catch (PortraitException e)
        {
            throw new AvatarException(e.Reason switch
            {
                PortraitError.NoFace => AvatarFault.NoFace,
                PortraitError.SeveralFaces => AvatarFault.SeveralFaces,
                PortraitError.FaceTooSmall => AvatarFault.FaceTooSmall,
                PortraitError.TooLarge => AvatarFault.ImageTooLarge,
                _ => AvatarFault.ImageUnreadable,
            }, e.Message, e);
        }
        catch (FaceModelException e)
        {
            throw new AvatarException(AvatarFault.ModelUnavailable, e.Message, e);
        }
    }

    private EyeLids? Lids(RgbImage picture)
    {
        try
        {
            return _finder.Value.Find(picture) is [var face, ..] ? EyeLids.Of(face.Points, picture.Width, picture.Height) : null;
        }
        catch (FaceModelException)
        {
            // A stored avatar speaks without the face networks too; only its eyes stay open.
            return null;
        }
    }

    private (AvatarFolder Folder, AvatarRecord Record) Record(string name)
    {
        if (_builtIn.Read(name) is { } shipped)
            return (_builtIn, shipped);
        return _added.Read(name) is { } added ? (_added, added) : throw NotFound(name);
    }

    private void RefuseTaken(string name)
    {
        if (_builtIn.Exists(name) || _added.Exists(name))
            throw new AvatarException(AvatarFault.NameTaken, $"There is an avatar '{name}' already.");
    }

    private static AvatarException NotFound(string name) => new(AvatarFault.AvatarNotFound, $"There is no avatar '{name}'.");

    private static AvatarInfo Info(AvatarRecord r) => new(r.Name, r.Source, r.Consent, PortraitFraming.Side, PortraitFraming.Side);
}
