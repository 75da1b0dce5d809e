"""A modality, by pynetdicom: tells of a procedure step, sends its objects, asks for commitment, and gives up a C-GET midway.

usage: modality.py PORT REPORT_PORT OBJECT.dcm...   The last object is sent after the step is completed. Prints one JSON line.
"""

import json
import sys
import time

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import generate_uid
from pynetdicom import AE, build_role, evt
from pynetdicom.sop_class import (
    ModalityPerformedProcedureStep,
    MRImageStorage,
    StorageCommitmentPushModel,
    StudyRootQueryRetrieveInformationModelGet,
)

port, report_port = int(sys.argv[1]), int(sys.argv[2])
objects = [dcmread(path) for path in sys.argv[3:]]
said = {}


def dataset(**elements):
    made = Dataset()
    for name, value in elements.items():
        setattr(made, name, value)
    return made


modality = AE(ae_title="SCANNER")
modality.add_requested_context(ModalityPerformedProcedureStep)
modality.add_requested_context(MRImageStorage, "1.2.840.10008.1.2.1")
modality.add_requested_context(StorageCommitmentPushModel)
line = modality.associate("127.0.0.1", port, ae_title="FORAMEN")

step = generate_uid()
begun = dataset(
    SpecificCharacterSet="ISO_IR 192",
    PatientName="Vogt^Anna",
    PatientID=objects[0].PatientID,
    PerformedProcedureStepID="P1",
    PerformedStationAETitle="SCANNER",
    PerformedProcedureStepStartDate="20260301",
    PerformedProcedureStepStartTime="101500",
    PerformedProcedureStepStatus="IN PROGRESS",
    Modality="MR",
    PerformedSeriesSequence=[],
    ScheduledStepAttributesSequence=[
        dataset(StudyInstanceUID=objects[0].StudyInstanceUID, AccessionNumber="")
    ],
)
said["begun"] = line.send_n_create(begun, ModalityPerformedProcedureStep, step)[0].Status
for item in objects[:-1]:
    said["stored"] = line.send_c_store(item).Status
references = [
    dataset(ReferencedSOPClassUID=item.SOPClassUID, ReferencedSOPInstanceUID=item.SOPInstanceUID)
    for item in objects
]
ended = dataset(
    PerformedProcedureStepStatus="COMPLETED",
    PerformedProcedureStepEndDate="20260301",
    PerformedProcedureStepEndTime="103000",
    PerformedSeriesSequence=[
        dataset(SeriesInstanceUID=objects[0].SeriesInstanceUID, ReferencedImageSequence=references)
    ],
)
said["ended"] = line.send_n_set(ended, ModalityPerformedProcedureStep, step)[0].Status
said["last"] = line.send_c_store(objects[-1]).Status

reports = []


def reported(event):
    reports.append([event.event_type, len(event.event_information.ReferencedSOPSequence)])
    return 0x0000, None


listener = AE(ae_title="SCANNER")
listener.add_supported_context(StorageCommitmentPushModel, scu_role=True, scp_role=True)
server = listener.start_server(
    ("127.0.0.1", report_port), block=False, evt_handlers=[(evt.EVT_N_EVENT_REPORT, reported)]
)
asked = dataset(TransactionUID=generate_uid(), ReferencedSOPSequence=references)
said["asked"] = line.send_n_action(asked, 1, StorageCommitmentPushModel, "1.2.840.10008.1.20.1.1")[0].Status
for _ in range(600):
    if reports:
        break
    time.sleep(0.1)
said["reports"] = reports
line.release()
server.shutdown()

taken = []


def take(event):
    taken.append(event.request.AffectedSOPInstanceUID)
    if len(taken) == 2:
        event.assoc.send_c_cancel(7, query_model=StudyRootQueryRetrieveInformationModelGet)
    # Time for the node to hear of it between two objects.
    time.sleep(0.2)
    return 0x0000


fetcher = AE(ae_title="SCANNER")
fetcher.add_requested_context(StudyRootQueryRetrieveInformationModelGet)
fetcher.add_requested_context(MRImageStorage, "1.2.840.10008.1.2.1")
line = fetcher.associate(
    "127.0.0.1",
    port,
    ae_title="FORAMEN",
    ext_neg=[build_role(MRImageStorage, scp_role=True)],
    evt_handlers=[(evt.EVT_C_STORE, take)],
)
wanted = dataset(QueryRetrieveLevel="STUDY", StudyInstanceUID=objects[0].StudyInstanceUID)
last = None
for status, _ in line.send_c_get(wanted, StudyRootQueryRetrieveInformationModelGet, msg_id=7):
    last = status
said["cancelled"] = [last.Status, len(taken), last.get("NumberOfRemainingSuboperations")]
line.release()
print(json.dumps(said))
