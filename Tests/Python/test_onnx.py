"""A model exported to ONNX gives the program's estimates in onnxruntime."""

import json
import subprocess

import h5py
import numpy as np
import onnx
import onnxruntime
import pytest
import scipy.special
from conftest import CONFIGURATION, PROGRAM


def run(folder, arguments):
    return subprocess.run([PROGRAM, *arguments.split()], cwd=folder, capture_output=True, text=True)


@pytest.fixture(scope="module", params=["input: power", "input: log_power", "input: log_ratio\n  members: 3", "predict: gaussian\n  members: 2", "predict: gaussian\n  components: 3\n  members: 2"])
def exported(request, study, tmp_path_factory):
    """A folder with a model trained in this way, and the model as ONNX."""
    folder = tmp_path_factory.mktemp("onnx")
    (folder / "study.yaml").write_text(CONFIGURATION.replace("training:\n", f"training:\n  {request.param}\n"))
    dataset = study / "dataset.h5"
    trained = run(folder, f"train --dataset {dataset} --config study.yaml --output model.h5 --quiet")
    assert trained.returncode == 0, trained.stderr
    written = run(folder, "model export --model model.h5 --onnx model.onnx")
    assert written.returncode == 0, written.stderr
    return folder


def test_graph_is_valid(exported):
    onnx.checker.check_model(onnx.load(exported / "model.onnx"), full_check=True)


def test_outputs_equal_estimates(exported, study):
    dataset = study / "dataset.h5"
    rows = json.loads(run(exported, f"estimate --model model.h5 --input {dataset} --json").stdout)
    expected = np.array([list(row["estimates"].values()) for row in rows])
    names = list(rows[0]["estimates"])
    session = onnxruntime.InferenceSession(exported / "model.onnx", providers=["CPUExecutionProvider"])
    with h5py.File(dataset) as file:
        psd = file["psd"][:]
    (outputs,) = session.run(["parameters"], {"psd": psd})
    keys = session.get_modelmeta().custom_metadata_map["parameters"].split(",")
    columns = [[key.split("_")[0] for key in keys].index(name) for name in names]
    assert outputs.dtype == np.float64
    np.testing.assert_allclose(outputs[:, columns], expected, rtol=2e-5, atol=1e-6)
    # One sample alone gives the same.
    (single,) = session.run(["parameters"], {"psd": psd[3:4]})
    np.testing.assert_allclose(single[0], outputs[3], rtol=1e-5, atol=1e-6)


def test_metadata_say_what_the_model_is_for(exported, study):
    session = onnxruntime.InferenceSession(exported / "model.onnx", providers=["CPUExecutionProvider"])
    metadata = session.get_modelmeta().custom_metadata_map
    with h5py.File(study / "dataset.h5") as file:
        np.testing.assert_allclose([float(x) for x in metadata["channel_depth_um"].split(",")], file["channel_depth"])
        np.testing.assert_allclose([float(x) for x in metadata["frequency_Hz"].split(",")], file["frequency"])
    assert "network:" in metadata["configuration"]


def test_nothing_is_overwritten(exported):
    (exported / "mine.onnx").write_text("mine")
    result = run(exported, "model export --model model.h5 --onnx mine.onnx")
    assert result.returncode == 73
    assert (exported / "mine.onnx").read_text() == "mine"
    missing = run(exported, "model export --model none.h5 --onnx new.onnx")
    assert missing.returncode == 66 and not (exported / "new.onnx").exists()


def mixtures(outputs, parameters):
    """Weights, means and covariances of the components, from the outputs of a network."""
    size = 2 * parameters + parameters * (parameters - 1) // 2
    if outputs.shape[1] == size:
        return [(np.ones(len(outputs)), *normal_distributions(outputs, parameters))]
    count = outputs.shape[1] // (size + 1)
    weights = scipy.special.softmax(outputs[:, :count].astype(float), axis=1)
    blocks = outputs[:, count:].reshape(len(outputs), count, size)
    return [(weights[:, k], *normal_distributions(blocks[:, k], parameters)) for k in range(count)]


def normal_distributions(outputs, parameters):
    """Means and covariances from the outputs of a network: z = exp(s) C^T (t - mean), C with ones on its diagonal."""
    means, covariances = [], []
    for row in outputs.astype(float):
        c = np.eye(parameters)
        c[np.tril_indices(parameters, -1)] = row[2 * parameters :]
        deviations = np.exp(-10 * np.tanh(row[parameters : 2 * parameters] / 10))
        root = np.linalg.inv(c.T) * deviations
        means.append(row[:parameters])
        covariances.append(root @ root.T)
    return np.array(means), np.array(covariances)


def expected_covariances(folder, psd):
    """Covariances of the parameters [sample, parameter, parameter] in their units, from the networks' outputs in
    onnxruntime, with the shape and the ranges of the model file."""
    graph = onnx.load(folder / "model.onnx")
    gathers = [node for node in graph.graph.node if node.op_type == "Gather" and "mean_columns" in node.input[1]]
    names = [node.input[0] for node in gathers]
    graph.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    outputs = session.run(names, {"psd": psd})
    with h5py.File(folder / "model.h5") as file:
        ranges = file["target_upper"][:] - file["target_lower"][:]
        widths = file["prediction_width"][:]
        degrees = file["prediction_width"].attrs["degrees_of_freedom"]
    parts = [part for rows in outputs for part in mixtures(rows, len(ranges))]
    weights, means, covariances = (np.array(part) for part in zip(*parts))
    weights = weights / len(outputs)
    inner = np.einsum("ks,ksij->sij", weights, covariances)
    inner *= degrees / (degrees - 2) if np.isfinite(degrees) else 1
    deviations = means - np.einsum("ks,ksi->si", weights, means)
    outer = np.einsum("ks,ksi,ksj->sij", weights, deviations, deviations)
    return (inner + outer) * np.outer(widths * ranges, widths * ranges)


def test_distributions_are_those_of_the_networks(exported, study):
    dataset = study / "dataset.h5"
    rows = json.loads(run(exported, f"estimate --model model.h5 --input {dataset} --json").stdout)
    with h5py.File(exported / "model.h5") as file:
        predicts = file.attrs["prediction"] == "gaussian"
        keys = list(file["parameter"].attrs["configuration_keys"])
    assert all(("standard_deviations" in row) == predicts for row in rows)
    if not predicts:
        return
    with h5py.File(dataset) as file:
        covariances = expected_covariances(exported, file["psd"][:])
    evaluated = run(exported, f"evaluate --model model.h5 --dataset {dataset} --split all --output all")
    assert evaluated.returncode == 0, evaluated.stderr
    table = np.genfromtxt(exported / "all" / "estimates.csv", delimiter=",", names=True)
    names = [key.split("_")[0] for key in keys]
    for i, name in enumerate(names):
        expected = np.sqrt(covariances[:, i, i])
        # The networks' sums are in single precision.
        np.testing.assert_allclose([row["standard_deviations"][name] for row in rows], expected, rtol=1e-4)
        np.testing.assert_allclose(table[f"std_{name}"], expected, rtol=1e-4)
        for j in range(i + 1, len(names)):
            correlations = covariances[:, i, j] / np.sqrt(covariances[:, i, i] * covariances[:, j, j])
            found = [row["correlations"][f"{name},{names[j]}"] for row in rows]
            np.testing.assert_allclose(found, correlations, atol=1e-4)
            np.testing.assert_allclose(table[f"correlation_{name}_{names[j]}"], correlations, atol=1e-4)
    text = run(exported, f"estimate --model model.h5 --input {dataset}").stdout
    assert "±" in text
